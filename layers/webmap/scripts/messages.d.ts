/* What Python sends, as types: the one place where the scripts' side of it is written.
 *
 * Made by layers/webmap/bundle.py (Bundle), layers/webmap/map_state.py and
 * layers/edition/page_state.py (MapState, PageState), layers/edition/texts.py (Catalogue),
 * layers/select/search.py (SearchIndex), layers/webmap/one_file.py (OneFileData),
 * layers/webmap/framed_map.py (OneFilePage), layers/webmap/map_sayings.py (CountyTold).
 */

export type LanguageCode = "zh" | "en";

/** Texts of one language, by key. */
export type Texts = Record<string, string>;

export type Texture = "solid" | "hatch" | "dots" | "lines" | "bars" | "grid" | "spots";

/** A colour and the texture over it. */
export type Fill = [colour: string, texture: Texture];

/** Longitude and latitude in degrees, WGS 84. */
export type LonLat = [lon: number, lat: number];

export interface Polygons extends GeoJSON.FeatureCollection<
  GeoJSON.Polygon | GeoJSON.MultiPolygon, {}> {
  features: (GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon, {}> & { id: string })[];
}

export interface Lines extends GeoJSON.FeatureCollection<GeoJSON.LineString, {}> {
  features: (GeoJSON.Feature<GeoJSON.LineString, {}> & { id: string })[];
}

/** What is known of a county, for table, tooltip and label. */
export interface CountyRecord {
  name: string;
  name_en: string;
  published_name: string;
  prefecture: string;
  prefecture_en: string;
  prefecture_adcode: string;
  /** Who runs it, where that is not the prefecture. */
  run_by?: string;
  run_by_en?: string;
  area_km2: number;
  programmes: string[];
  /** Programmes that are only reported of it. */
  reported?: string[];
  /** Variables that apply to it and are not known of it. */
  unsaid?: string[];
  /** Middle of the largest inscribed circle, and its radius in degrees. */
  point: LonLat;
  radius: number;
  short: string;
  /** Under each variable but programmes and numbers: class, year, codes of partners. */
  [variable: string]: any;
}

export interface PlacePoint {
  symbol: string;
  name_zh: string;
  name_en: string;
  /** Adcode; empty if the place is in no county. */
  county: string;
  point?: LonLat;
}

export interface BaseMap {
  url: string;
  subdomains: string;
  credit: Record<LanguageCode, string>;
}

/** Geometry and records: fetched once, or carried by the page. */
export interface Bundle {
  county: Polygons;
  municipalities: Polygons;
  prefecture: Lines;
  province: Lines;
  counties: Record<string, CountyRecord>;
  labels: { name: string; name_en: string; lon: number; lat: number }[];
  partners: Record<string, { name: string; name_en: string; point: LonLat }>;
  places: PlacePoint[];
  texts: Record<LanguageCode, Texts>;
  base_maps: BaseMap[];
  /** Of the classes of a number: where there is one, where there are two, and so on. */
  class_looks: Fill[][];
  /** The sign of several at once. */
  several: Fill[];
}

export interface LegendEntry {
  programme: string | null;
  /** Of a class of a variable: its value, the year of a date. */
  value: string | null;
  colour: string;
  texture: Texture;
  name: string;
  count: string;
  note: string;
}

/** Circles as large as a number. */
export interface CircleSizes {
  /** In the order of the geometry. */
  values: (number | null)[];
  most: number;
  /** Of the legend, the largest first. */
  keys: [value: number, text: string][];
  unit?: string;
}

/** A side of the square of two numbers: places 0 to 2 with their ranges. */
export interface PairAxis {
  name: string;
  /** Of what is no rate. */
  note: string;
  classes: [place: number, text: string][];
}

/** How a number is parted into classes; made by layers/themes/class_limits.py. */
export interface ClassLimits {
  /** What was asked for: a method, or "own". */
  method: string;
  /** How many at most. */
  classes: number;
  /** Upper bounds of all classes but the last. */
  breaks: number[];
  /** In the order of the geometry. */
  values: (number | null)[];
  /** By which a number is multiplied before it is written. */
  factor: number;
  /** How it is written then, as {n}: any number, one, nought. */
  written: [many: string, one: string, nought: string];
  /** How the classes are made, where somebody has chosen it. */
  said: string;
}

/** What restyles the map. */
export interface MapState {
  language: LanguageCode;
  appearance: string;
  theme: string;
  /** Kind of the variable that the theme shows, "group", or the theme itself. */
  kind: string;
  /** Of numbers: ids of those that the theme shows. */
  variables?: string[];
  /** The ways in which they can be seen. */
  ways?: [theme: string, name: string][];
  circles?: CircleSizes;
  axes?: PairAxis[];
  /** Of one number in colours. */
  limits?: ClassLimits;
  /** Of two numbers: the counties of each entry. */
  sizes?: number[];
  /** Places in the legend, for each class of counties that are filled alike. */
  classes: number[][];
  /** For each class its counties, as bits in the order of the geometry, in base64. */
  counties: string[];
  hints: string[];
  shown: string[];
  legend: LegendEntry[];
  /** What the legend's lines do not say of the lists asked for. */
  remarks: string[];
  lines: [partner: string, county: string, level: string][];
  focus: string | null;
  /** The selection in words, where the map is all that says it. */
  summary?: string;
  version: string;
}

/** A part of a selection: field, value, its name. */
export type SelectionPart = [field: string, value: string, name: string];

/** The same with the number of counties that are left without it. */
export type WiderSelection = [...SelectionPart, left: number];

/** Text, a count, how values are combined, one of the values. */
export type SentenceToken = string | number | [field: string, text: string] | SelectionPart;

export interface PageHead {
  tokens: SentenceToken[];
  selected: number;
  total: number;
  wider: WiderSelection[];
}

/** What state.json answers. Appearance and focus are the session's. */
export interface AddressState extends Omit<MapState, "appearance" | "focus" | "summary"> {
  query: string;
  /** A second map: its address, and how the two share the room. */
  beside: { query: string; split: "swipe" | "side" } | null;
  head: PageHead;
  selection: Record<string, string[]>;
  /** Counties there would be with each value, in the catalogue's order. */
  facets: Record<string, number[]>;
  /** The same if the programmes of a list were in all of, any of, none of. */
  modes: Record<string, number[]>;
  /** Of the numbers that are seen or asked for: the ranges to choose from. */
  ranges: { id: string; name: string; values: [value: string, name: string][] }[];
}

/** What the page shows: an answer with what the session adds, once the map is painted. */
export interface PageState extends AddressState {
  appearance: string;
  focus: string | null;
  /** Adcodes, in the order of the geometry. */
  selected: string[];
}

export interface Named {
  id: string;
  name_zh: string;
  name_en: string;
}

export interface ShortNamed extends Named {
  short_zh: string;
  short_en: string;
}

export interface ProgrammeEntry extends ShortNamed {
  /** Its Chinese names in pinyin and initials, with spaces between them. */
  spoken?: string;
  colour: string;
  texture: Texture;
  definition_zh: string;
  definition_en: string;
  /** Whether who is not in it is known not to be. */
  whole: boolean;
  missing_zh: string;
  missing_en: string;
  /** Counties that the source names, and counts if it does. */
  named: number;
  stated: number | null;
}

/** A column of the table that is no programme. */
export interface ColumnEntry extends Named {
  /** Kind of the variable, or "base". */
  kind: string;
  about_zh: string;
  about_en: string;
  unit_zh?: string;
  unit_en?: string;
  /** Names of classes, or of partners, by their codes. */
  classes?: Record<string, Named>;
  /** Of a number, once they have come: its values by adcode. */
  numbers?: Record<string, number | null>;
}

/** Made by layers/edition/assets.py: all numbers, fetched when one of them is wanted. */
export interface Numbers {
  counties: string[];
  values: Record<string, (number | null)[]>;
  columns: ColumnEntry[];
}

/** A filter besides the programmes, with its values in order. */
export interface ChoiceEntry extends Named {
  /** Whether it is offered: not if the same is offered among the programmes. */
  offered: boolean;
  values: (Named & { spoken?: string; short_zh?: string; short_en?: string })[];
}

export interface FileFormat extends Named {
  suffix: string;
  vector: boolean;
  systems: string[];
}

export interface Catalogue {
  groups: (Named & { programmes: ProgrammeEntry[] })[];
  /** Prefectures first. */
  choices: ChoiceEntry[];
  columns: ColumnEntry[];
  /** Those of numbers have a heading under which they are offered. */
  themes: (Named & {
    kind: string; slider: boolean; spoken?: string; heading_zh?: string; heading_en?: string;
  })[];
  formats: FileFormat[];
  systems: Named[];
  sheets: { suffixes: string[]; papers: string[]; orientations: string[] };
  /** The selection that the map opens with. */
  opening: Record<string, string[]>;
  /** Names of the parameters of an address that say a selection. */
  parameters: string[];
  /** Address of the bundle, and the beginning of the addresses of layers. */
  bundle: string;
  layers: string;
  texts: Record<LanguageCode, Texts>;
}

/** Kind of key, by its place in `ranks`, and the key itself. */
export type SearchKey = [kind: number, key: string];

export interface SearchEntry {
  kind: string;
  id: string;
  name_zh: string;
  name_en: string;
  within_zh: string;
  within_en: string;
  /** Who runs a county that the prefecture of its code does not. */
  run_by_zh?: string;
  run_by_en?: string;
  /** Names of the past, of those that had another. */
  former_zh?: string[];
  former_en?: string[];
  keys: SearchKey[];
}

export interface SearchIndex {
  entries: SearchEntry[];
  /** For each kind of key the ranks of a whole, a beginning, an inner match. */
  ranks: [whole: number, beginning: number | null, inside: number | null][];
  /** The rank of a suggestion, after all others. */
  suggested: number;
  /** Kinds of key, by trade. */
  past: number[];
  latin: number[];
  written: number[];
  spoken: number[];
  longest: number;
  /** A regular expression of what is no sign of a name. */
  foreign: string;
  province: string[];
  simplified: Record<string, string>;
  readings: Record<string, string>;
}

export interface SearchHit {
  entry: SearchEntry;
  rank: number;
  past: boolean;
  suggestion: boolean;
}

export interface ProfileBlock {
  text: string;
  heading?: boolean;
  /** Whether it says only that nothing is said of the county. */
  quiet?: boolean;
  notes?: string[];
  fill?: Fill;
}

/** A layer of the reader's own, as it is drawn over the map. */
export interface OwnLayerData {
  name: string;
  /** Whose it is, of when, in which system. */
  told: string[];
  note: string;
  columns: string[];
  features: [shape: GeoJSON.Geometry, texts: string[]][];
}

/** What the panel shows of a county. */
export interface CountyTold {
  facts: [string, string][];
  blocks: ProfileBlock[];
  sources: [id: string, title: string, about: string, url: string | null][];
}

/** What a map in a page of its own carries besides bundle and state. */
export interface OneFilePage {
  own_layer: OwnLayerData | null;
  /** The reader's: longitude, latitude, text. */
  map_notes: [lon: number, lat: number, text: string][];
  language: LanguageCode;
  texts: Texts;
  search_texts: Texts;
}

/** In a file of its own: with all that it may be asked. */
export interface OneFileData extends OneFilePage {
  search: SearchIndex;
  targets: Record<string, [county: string | null, joined: string]>;
  profiles: Record<string, {
    facts: [string, string][];
    /** Places among the blocks: what is said of many counties stands there once. */
    blocks: number[];
    sources: string[];
  }>;
  blocks: ProfileBlock[];
  sources: Record<string, [title: string, about: string, url: string | null]>;
  notes: [string, string][];
}

/** What Streamlit hands to a component (components v2). */
export interface Component<Data = unknown> {
  data: Data;
  parentElement: HTMLElement & { atlasStop?: () => void };
  setTriggerValue(name: string, value: unknown): void;
}

/** Of a line: its length and, if it can be closed to a ring, what that encloses. */
export interface Measured {
  length_km: number;
  area_km2: number | null;
}

export interface MarksDetail {
  from: "map" | "table";
  /** The map on which they were marked. */
  by?: object;
  codes: string[];
}

declare global {
  interface WindowEventMap {
    /** Counties were marked, on the map or in the table. */
    "atlas:marks": CustomEvent<MarksDetail>;
    /** The card has been put up. */
    "atlas:card": CustomEvent<null>;
    /** How it stands with the answer to a press. */
    "atlas:answer": CustomEvent<{
      answer: "late" | "here" | "failed";
      language: LanguageCode;
    }>;
    /** Requests that failed, and what is being done about them. */
    "atlas:requests": CustomEvent<import("./page/requests.js").RequestTrouble>;
  }
  interface Window {
    /** Where the scripts of the page came from that is open. */
    atlasEdition?: string;
    /** Behind the # of the address when the page was opened. */
    atlasHash?: string;
    /** Set by a script in a syntax that Streamlit's need: see scripts/shell. */
    atlasSyntax?: unknown;
    /** Imports a script; asks again if it does not come. See views/frame/components.py. */
    atlasImport(address: string, tried?: number): Promise<any>;
    atlasRun(component: Component<{ m: string }>): Promise<any>;
  }
}
