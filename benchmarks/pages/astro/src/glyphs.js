// The strokes of icons, as SVG paths.
export const HEART = 'M12 20.5 4.2 12.6a5 5 0 0 1 7.1-7.1l.7.7.7-.7a5 5 0 0 1 7.1 7.1Z';
export const SHARE = 'M12 15V3.5M8 7.5l4-4 4 4M7.5 11H5v9.5h14V11h-2.5';
export const COMMENT = 'M4 5h16v11.5h-8.5l-4.5 4v-4H4Z';
export const DOWNLOAD = 'M12 4v11.5M7.5 11l4.5 4.5 4.5-4.5M4 15v5h16v-5';
export const SEARCH = 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5l5 5';
