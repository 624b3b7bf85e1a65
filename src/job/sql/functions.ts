const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Functions of PostgreSQL that read nothing but their arguments and the clock. */
export const PLAIN_FUNCTIONS = list(`
  count sum avg min max array_agg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg bool_and bool_or every
  stddev stddev_pop stddev_samp variance var_pop var_samp percentile_cont percentile_disc mode corr
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  coalesce nullif greatest least abs ceil ceiling floor round trunc mod power sqrt exp ln log sign random width_bucket
  lower upper initcap length char_length octet_length trim btrim ltrim rtrim lpad rpad left right substring substr
  replace translate reverse repeat position strpos overlay split_part concat concat_ws format ascii chr md5 sha256
  starts_with regexp_replace regexp_matches regexp_match regexp_split_to_array regexp_split_to_table regexp_count
  string_to_array string_to_table array_to_string array_length array_position array_remove array_append array_cat
  cardinality unnest generate_series generate_subscripts
  now current_date current_time current_timestamp localtime localtimestamp clock_timestamp statement_timestamp
  transaction_timestamp date_trunc date_part extract age to_char to_date to_timestamp to_number make_date make_interval
  make_timestamp justify_days justify_hours date_bin date timestamp time interval
  json_build_object jsonb_build_object json_build_array jsonb_build_array to_json to_jsonb row_to_json json_each
  jsonb_each json_each_text jsonb_each_text json_array_elements jsonb_array_elements json_array_elements_text
  jsonb_array_elements_text json_array_length jsonb_array_length json_extract_path jsonb_extract_path jsonb_set
  json_to_record jsonb_to_record json_to_recordset jsonb_to_recordset json_object_keys jsonb_object_keys jsonb_typeof
  json_typeof gen_random_uuid uuid_generate_v4 grouping encode decode to_hex
  cast convert numeric decimal varchar char character bit float text int integer bigint
`);

/** Functions whose arguments may hold a `from` that names no table. */
export const FROM_WITHIN = list('extract substring trim overlay');

/** Words before a bracket that are no functions. */
export const NO_FUNCTIONS = list(`
  and any all array as between by case check columns conflict cross cube distinct do else end except exists filter from
  full grouping insert copy explain group having ilike in inner intersect into is join key lateral left like limit materialized natural not
  offset on only or order outer over partition primary recursive references returning right rollup row rows select set
  sets similar some table then unique union update using values varying when where window with within with foreign
  constraint default exclude generated include
`);
