//! The options of a variant's address, read and checked.

use crate::variant::{DEFAULT_WIDTH, Dpr, Fit, Gravity, PRESETS, PictureFormat, QUALITIES, Variant, WIDTHS};

/// The longest side that may be asked for, in pixels.
pub const LARGEST_SIDE: u32 = 8192;

/// The widest that needs no signature, in pixels of the screen.
const WIDEST: u32 = WIDTHS[WIDTHS.len() - 1];

/// The most characters repeated of an option that is none.
const MOST_REPEATED: usize = 40;

/// Why options were refused: a sentence naming the option and its range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct VariantProblem {
    /// The option's name as addresses write it; what stands in its place if it is none.
    pub option: String,
    /// A sentence that says what to do.
    pub reason: String,
}

impl VariantProblem {
    fn new(option: &str, reason: impl Into<String>) -> Self {
        Self { option: option.into(), reason: reason.into() }
    }
}

/// What an address of a picture asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantRequest {
    /// What is wanted.
    pub variant: Variant,
    /// The picture's version, if the address names one.
    pub version: Option<u32>,
    /// Where the variant is not free; not checked here.
    pub signature: Option<String>,
}

impl VariantRequest {
    /// Reads `width=800,quality=85,v=1`. Unknown options, repeats, values out of range and, without a signature,
    /// whatever is neither on the ladder nor a preset are refused.
    pub fn parse(options: &str) -> Result<Self, VariantProblem> {
        let mut seen: Vec<&str> = Vec::new();
        let mut wish = VariantOptions::default();
        let (mut version, mut signature) = (None, None);
        for option in options.split(',') {
            let Some((name, value)) = option.split_once('=') else {
                let option = shortened(option);
                let reason = format!("“{option}” is not an option; write name=value, as in width=640.");
                return Err(VariantProblem::new(&option, reason));
            };
            if seen.contains(&name) {
                return Err(VariantProblem::new(name, format!("{name} is given twice.")));
            }
            match name {
                "width" => wish.width = Some(side(name, value)?),
                "height" => wish.height = Some(side(name, value)?),
                "fit" => wish.fit = Some(word(name, value, &Fit::ALL, Fit::word)?),
                "gravity" => wish.gravity = Some(word(name, value, &Gravity::ALL, Gravity::word)?),
                "quality" => wish.quality = Some(value.parse().map_err(|_| wrong_quality())?),
                "dpr" => wish.dpr = Some(value.parse().map_err(|_| wrong_dpr(&Dpr::ALL))?),
                "format" => wish.format = Some(word(name, value, &PictureFormat::ALL, PictureFormat::word)?),
                "still" => {
                    wish.still = match value {
                        "0" => false,
                        "1" => true,
                        _ => return Err(VariantProblem::new(name, "still is 0 or 1.")),
                    }
                }
                "preset" => wish.preset = Some(value.to_owned()),
                "v" => {
                    let reason = "v is a picture’s version, a whole number.";
                    version = Some(value.parse().map_err(|_| VariantProblem::new(name, reason))?);
                }
                "s" if is_signature(value) => signature = Some(value.to_owned()),
                "s" => return Err(VariantProblem::new(name, "s is a signature as image.variantUrl makes it.")),
                _ => {
                    let name = shortened(name);
                    let reason = format!(
                        "“{name}” is not an option; there are width, height, fit, gravity, quality, dpr, format, still \
                         and preset."
                    );
                    return Err(VariantProblem::new(&name, reason));
                }
            }
            seen.push(name);
        }
        let variant = wish.variant()?;
        if signature.is_none() {
            free(&variant, &wish)?;
        }
        Ok(Self { variant, version, signature })
    }
}

/// What may be wished for, before any of it is checked. Names and ranges are those of the address's options.
#[derive(Clone, Debug, Default)]
pub struct VariantOptions {
    /// A name of [`PRESETS`]; then no side, fit or gravity.
    pub preset: Option<String>,
    /// Pixels of the page, 1 to 8192.
    pub width: Option<u32>,
    /// Pixels of the page, 1 to 8192.
    pub height: Option<u32>,
    /// `inside` if not said.
    pub fit: Option<Fit>,
    /// `centre` if not said.
    pub gravity: Option<Gravity>,
    /// 1 to 100.
    pub quality: Option<u8>,
    /// 1, 1.5, 2, 3 or 4: multiplies both sides.
    pub dpr: Option<f64>,
    /// What the browser takes if not said.
    pub format: Option<PictureFormat>,
    /// Only the first frame.
    pub still: bool,
}

impl VariantOptions {
    /// Checks all of it. Whether the result is free is not asked here.
    pub fn variant(&self) -> Result<Variant, VariantProblem> {
        if self.quality.is_some_and(|quality| !(1..=100).contains(&quality)) {
            return Err(wrong_quality());
        }
        let dpr = self.dpr.map_or(Ok(Dpr::ONE), |dpr| {
            Dpr::ALL.into_iter().find(|known| f64::from(known.0) == dpr * 2.0).ok_or_else(|| wrong_dpr(&Dpr::ALL))
        })?;
        let sized = match &self.preset {
            Some(name) => self.preset(name, dpr)?,
            None => self.sides(dpr)?,
        };
        Ok(Variant { quality: self.quality, still: self.still, ..sized }.settled())
    }

    /// A preset's size and shape.
    fn preset(&self, name: &str, dpr: Dpr) -> Result<Variant, VariantProblem> {
        let preset = PRESETS.iter().find(|preset| preset.name == name).ok_or_else(|| {
            let names = list(PRESETS.iter().map(|preset| preset.name));
            VariantProblem::new("preset", format!("preset is one of {names}."))
        })?;
        let beside = [
            ("width", self.width.is_some()),
            ("height", self.height.is_some()),
            ("fit", self.fit.is_some()),
            ("gravity", self.gravity.is_some()),
        ];
        if let Some((option, _)) = beside.iter().find(|(_, given)| *given) {
            let reason =
                format!("{option} does not go with preset; beside it there are quality, dpr, format and still.");
            return Err(VariantProblem::new(option, reason));
        }
        if !Dpr::OF_PRESETS.contains(&dpr) {
            return Err(wrong_dpr(&Dpr::OF_PRESETS));
        }
        Ok(Variant {
            width: Some(dpr.times(preset.width)),
            height: Some(dpr.times(preset.height)),
            fit: Fit::Cover,
            format: self.format.or(preset.format),
            ..Variant::of_width(preset.width)
        })
    }

    /// The sides as named, on the screen meant.
    fn sides(&self, dpr: Dpr) -> Result<Variant, VariantProblem> {
        for (option, side) in [("width", self.width), ("height", self.height)] {
            if side.is_some_and(|side| !(1..=LARGEST_SIDE).contains(&side)) {
                return Err(wrong_side(option));
            }
            if side.is_some_and(|side| dpr.times(side) > LARGEST_SIDE) {
                let reason = format!("{option} times dpr is at most {LARGEST_SIDE} pixels.");
                return Err(VariantProblem::new(option, reason));
            }
        }
        let width = match (self.width, self.height) {
            (None, None) => Some(rung(DEFAULT_WIDTH, dpr)),
            (Some(width), None) => Some(rung(width, dpr)),
            (width, Some(_)) => width.map(|width| dpr.times(width)),
        };
        Ok(Variant {
            width,
            height: self.height.map(|height| dpr.times(height)),
            fit: self.fit.unwrap_or_default(),
            gravity: self.gravity.unwrap_or_default(),
            format: self.format,
            ..Variant::of_width(DEFAULT_WIDTH)
        })
    }
}

/// A width on a screen. From rung to rung of the ladder it is rounded up, so that `dpr` stays on it.
fn rung(width: u32, dpr: Dpr) -> u32 {
    let exact = dpr.times(width);
    if !WIDTHS.contains(&width) || !Dpr::OF_LADDER.contains(&dpr) {
        return exact;
    }
    WIDTHS.into_iter().find(|rung| *rung >= exact).unwrap_or(exact)
}

/// Refuses what needs a signature, and says what does not.
fn free(variant: &Variant, wish: &VariantOptions) -> Result<(), VariantProblem> {
    let widths = || list(WIDTHS.iter().map(u32::to_string));
    if variant.has_free_size() {
        if variant.has_free_quality() {
            return Ok(());
        }
        let qualities = list(QUALITIES.iter().map(u8::to_string));
        return Err(VariantProblem::new(
            "quality",
            format!("quality is one of {qualities}; image.variantUrl signs others."),
        ));
    }
    if variant.height.is_none() {
        // On the ladder as it was named, it was the screen that took it off.
        let is_multiplied = wish.dpr.is_some() && WIDTHS.contains(&wish.width.unwrap_or(DEFAULT_WIDTH));
        let rule = match is_multiplied {
            true => format!("width times dpr is at most {WIDEST} without a signature"),
            false => format!("width is one of {}", widths()),
        };
        let reason = format!("{rule}; image.variantUrl signs other sizes.");
        return Err(VariantProblem::new("width", reason));
    }
    let presets = list(PRESETS.iter().map(|preset| preset.name));
    let reason = format!(
        "height, from 1 to {LARGEST_SIDE}, needs a signature: image.variantUrl signs other sizes. Without one width is \
         one of {}, or preset one of {presets}.",
        widths()
    );
    Err(VariantProblem::new("height", reason))
}

fn side(option: &str, value: &str) -> Result<u32, VariantProblem> {
    value.parse().map_err(|_| wrong_side(option))
}

fn wrong_side(option: &str) -> VariantProblem {
    VariantProblem::new(option, format!("{option} is a whole number of pixels from 1 to {LARGEST_SIDE}."))
}

fn wrong_quality() -> VariantProblem {
    VariantProblem::new("quality", "quality is a whole number from 1 to 100.")
}

fn wrong_dpr(known: &[Dpr]) -> VariantProblem {
    let known = list(known.iter().map(|dpr| (f64::from(dpr.0) / 2.0).to_string()));
    VariantProblem::new("dpr", format!("dpr is one of {known}."))
}

fn word<T: Copy>(option: &str, value: &str, all: &[T], word: fn(T) -> &'static str) -> Result<T, VariantProblem> {
    all.iter().copied().find(|known| word(*known) == value).ok_or_else(|| {
        let words = list(all.iter().map(|known| word(*known)));
        VariantProblem::new(option, format!("{option} is one of {words}."))
    })
}

/// What is repeated of an address is short.
fn shortened(text: &str) -> String {
    text.chars().take(MOST_REPEATED).collect()
}

/// A signature's form, not its truth.
fn is_signature(value: &str) -> bool {
    (1..=64).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn list<T: AsRef<str>>(words: impl Iterator<Item = T>) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(word.as_ref());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(options: &str) -> Variant {
        VariantRequest::parse(options).unwrap_or_else(|problem| panic!("{options}: {problem}")).variant
    }

    #[test]
    fn what_is_free_needs_no_signature() {
        let request = VariantRequest::parse("width=800,quality=85,v=2").unwrap();
        assert_eq!(request.variant, Variant { quality: Some(85), ..Variant::of_width(800) });
        assert_eq!((request.version, request.signature), (Some(2), None));
        assert_eq!(variant("v=3"), Variant::of_width(DEFAULT_WIDTH));
        assert_eq!(variant("width=320,format=avif,still=1").canonical(), "width=320,format=avif,still=1");
        assert_eq!(variant("preset=thumb").canonical(), "width=320,height=320,fit=cover");
        assert_eq!(variant("preset=social,dpr=2").canonical(), "width=2400,height=1260,fit=cover,format=jpeg");
        assert_eq!(variant("preset=social,format=png").format, Some(PictureFormat::Png));
    }

    #[test]
    fn dpr_goes_from_rung_to_rung() {
        for (options, width) in [
            ("width=320,dpr=2", 640),
            ("width=160,dpr=1.5", 320),
            ("width=640,dpr=3", 1920),
            ("width=800,dpr=3", 2560),
            ("width=320,dpr=4", 1280),
            ("dpr=2", 1920),
        ] {
            assert_eq!(variant(options), Variant::of_width(width), "{options}");
        }
        assert!(VariantRequest::parse("width=1920,dpr=2").is_err());
        assert_eq!(variant("width=101,dpr=1.5,s=abc").width, Some(152));
        assert_eq!(variant("width=100,height=60,dpr=2,s=abc").height, Some(120));
    }

    #[test]
    fn a_signed_address_may_name_any_size_within_the_limits() {
        let request =
            VariantRequest::parse("width=641,height=31,fit=cover,gravity=north,quality=3,v=1,s=a-_9").unwrap();
        assert_eq!(request.signature.as_deref(), Some("a-_9"));
        assert!(!request.variant.is_free());
        let again = VariantRequest::parse(&format!("{},s=x", request.variant.canonical())).unwrap();
        assert_eq!(again.variant, request.variant, "the canonical text reads as the same variant");
        assert_eq!(variant("height=31,s=x").canonical(), "height=31");
    }

    #[test]
    fn options_out_of_range_are_refused_by_name() {
        for (options, option, says) in [
            ("width=641", "width", "width is one of 160,"),
            ("width=641", "width", "image.variantUrl"),
            ("width=641,dpr=2", "width", "width is one of 160,"),
            ("width=1920,dpr=2", "width", "width times dpr is at most 2560 without a signature; image.variantUrl"),
            ("dpr=3", "width", "width times dpr is at most 2560"),
            ("width=800,dpr=4", "width", "width times dpr is at most 2560"),
            ("width=-1", "width", "1 to 8192"),
            ("width=8193,s=x", "width", "1 to 8192"),
            ("width=8000,dpr=2,s=x", "width", "at most 8192"),
            ("height=0,s=x", "height", "1 to 8192"),
            ("height=100", "height", "image.variantUrl"),
            ("height=100", "height", "1 to 8192"),
            ("quality=0", "quality", "1 to 100"),
            ("quality=101,s=x", "quality", "1 to 100"),
            ("quality=84", "quality", "quality is one of 50, 65, 75, 80, 85, 90"),
            ("quality=80,quality=80", "quality", "twice"),
            ("v=1,v=1", "v", "twice"),
            ("v=x", "v", "whole number"),
            ("fit=fill", "fit", "inside, cover, contain"),
            ("gravity=up", "gravity", "north-west"),
            ("dpr=5", "dpr", "1, 1.5, 2, 3, 4"),
            ("dpr=NaN", "dpr", "1, 1.5, 2, 3, 4"),
            ("format=bmp", "format", "avif, webp, jpeg, png, gif"),
            ("still=yes", "still", "0 or 1"),
            ("preset=huge", "preset", "thumb, square, card, wide, social, icon"),
            ("preset=thumb,width=320", "width", "preset"),
            ("preset=thumb,dpr=3", "dpr", "1, 1.5, 2"),
            ("s=", "s", "image.variantUrl"),
            ("blur=3", "blur", "not an option"),
            ("", "", "name=value"),
        ] {
            let problem = VariantRequest::parse(options).unwrap_err();
            assert!(problem.reason.contains(says) && problem.option == option, "{options}: {problem:?}");
        }
    }
}
