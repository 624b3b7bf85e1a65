/**
 * The SDK records a stack trace for every promise that a workflow makes: function, file and line of ten frames, each
 * looked up in the source map. That was half of the interpreter's time. With one frame it is a tenth; an error still
 * says where it was thrown. It counts because it is set before the SDK freezes the globals: see docs/decisions/009.
 */
Error.stackTraceLimit = 1;
