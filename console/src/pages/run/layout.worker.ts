import { layOut, type Shape } from './layout';

// many steps take a second or two, in which the page is to answer
addEventListener('message', ({ data }: MessageEvent<Shape[]>) => postMessage(layOut(data)));
