//! Pictures that move go on moving where that is asked for and the format can.

use crate::draw::{assert_near, file, open, plain, still};
use crate::refusals::crc;
use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, Delay, Frame, Frames, ImageFormat, Rgba, RgbaImage};
use imaging::{Fit, Limits, Output, Recipe, Refusal, Rendered, probe, render};
use std::io::Cursor;

const COLOURS: [[u8; 4]; 3] = [[200, 60, 40, 255], [40, 60, 200, 255], [60, 180, 60, 255]];
const TIMES: [u32; 3] = [50, 200, 1000];

fn gif(repeat: Option<Repeat>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    if let Some(repeat) = repeat {
        encoder.set_repeat(repeat).unwrap();
    }
    for (colour, time) in COLOURS.into_iter().zip(TIMES) {
        let picture = RgbaImage::from_pixel(80, 60, Rgba(colour));
        encoder.encode_frame(Frame::from_parts(picture, 0, 0, Delay::from_numer_denom_ms(time, 1))).unwrap();
    }
    drop(encoder);
    bytes
}

/// The same as an animated PNG: the first frame as usual, the others in chunks of their own.
fn apng(plays: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut chunk = |name: &[u8], content: &[u8]| {
        let checked = [name, content].concat();
        bytes.extend((content.len() as u32).to_be_bytes());
        bytes.extend(&checked);
        bytes.extend(crc(&checked).to_be_bytes());
    };
    let mut number = 0_u32;
    let mut next = || {
        number += 1;
        (number - 1).to_be_bytes()
    };
    for (frame, (colour, time)) in COLOURS.into_iter().zip(TIMES).enumerate() {
        let png = file(RgbaImage::from_pixel(80, 60, Rgba(colour)), ImageFormat::Png);
        if frame == 0 {
            chunk(b"IHDR", &png[16..29]);
            chunk(b"acTL", &[3_u32.to_be_bytes(), plays.to_be_bytes()].concat());
        }
        let place = [80_u32, 60, 0, 0].map(u32::to_be_bytes).concat();
        let time = [time as u16, 1000].map(u16::to_be_bytes).concat();
        chunk(b"fcTL", &[&next()[..], &place, &time, &[0, 0]].concat());
        let at = png.windows(4).position(|name| name == b"IDAT").unwrap();
        let length = u32::from_be_bytes(png[at - 4..at].try_into().unwrap()) as usize;
        let pixels = &png[at + 4..at + 4 + length];
        match frame {
            0 => chunk(b"IDAT", pixels),
            _ => chunk(b"fdAT", &[&next()[..], pixels].concat()),
        }
    }
    chunk(b"IEND", b"");
    [b"\x89PNG\r\n\x1A\n".to_vec(), bytes].concat()
}

fn moving(width: u32, output: Output) -> Recipe {
    Recipe { moving: true, ..still(width, output) }
}

fn drawn(bytes: &[u8], recipe: &Recipe) -> Rendered {
    render(bytes, recipe, &Limits::default()).unwrap()
}

fn frames(rendered: &Rendered, output: Output) -> Vec<Frame> {
    let file = Cursor::new(&rendered.bytes);
    let frames: Frames<'_> = match output {
        Output::WebP => WebPDecoder::new(file).unwrap().into_frames(),
        _ => GifDecoder::new(file).unwrap().into_frames(),
    };
    frames.collect_frames().unwrap()
}

#[track_caller]
fn assert_moves(rendered: &Rendered, output: Output, sides: (u32, u32)) {
    assert_eq!((rendered.width, rendered.height), sides);
    let frames = frames(rendered, output);
    assert_eq!(frames.len(), 3);
    for (frame, (colour, time)) in frames.iter().zip(COLOURS.into_iter().zip(TIMES)) {
        assert_eq!(frame.buffer().dimensions(), sides);
        assert_near(frame.buffer().get_pixel(sides.0 / 2, sides.1 / 2), colour);
        assert_eq!(frame.delay().numer_denom_ms(), (time, 1));
    }
}

#[test]
fn every_kind_goes_on_moving() {
    let gif = gif(Some(Repeat::Infinite));
    let webp = drawn(&gif, &moving(80, Output::WebP)).bytes;
    for original in [gif, apng(0), webp] {
        assert_eq!(probe(&original, &Limits::default()).unwrap().frames, 3);
        for output in [Output::WebP, Output::Gif] {
            assert_moves(&drawn(&original, &moving(40, output)), output, (40, 30));
            assert_moves(&drawn(&original, &moving(500, output)), output, (80, 60));
            let square = Recipe { height: Some(20), fit: Fit::Cover, ..moving(20, output) };
            assert_moves(&drawn(&original, &square), output, (20, 20));
        }
    }
}

/// How often a WebP is shown; nothing for ever.
fn plays(webp: &Rendered) -> Option<u32> {
    match WebPDecoder::new(Cursor::new(&webp.bytes)).unwrap().loop_count() {
        LoopCount::Infinite => None,
        LoopCount::Finite(plays) => Some(plays.get()),
    }
}

#[test]
fn it_is_shown_as_often_as_before() {
    let cases = [(gif(Some(Repeat::Infinite)), None), (apng(0), None), (apng(4), Some(4)), (gif(None), Some(1))];
    for (original, expected) in cases {
        let webp = drawn(&original, &moving(40, Output::WebP));
        assert_eq!(plays(&webp), expected);
        // And after a way through GIF, which counts the times after the first.
        let gif = drawn(&webp.bytes, &moving(40, Output::Gif));
        assert_eq!(plays(&drawn(&gif.bytes, &moving(40, Output::WebP))), expected);
    }
    let thrice = gif(Some(Repeat::Finite(2)));
    assert_eq!(plays(&drawn(&thrice, &moving(40, Output::WebP))), Some(3));
}

#[test]
fn a_still_is_the_first_frame() {
    let gif = gif(None);
    for recipe in [still(40, Output::WebP), still(40, Output::Gif), moving(40, Output::Jpeg), moving(40, Output::Png)] {
        let rendered = drawn(&gif, &recipe);
        assert_eq!(probe(&rendered.bytes, &Limits::default()).unwrap().frames, 1);
        assert_near(open(&rendered, recipe.output).get_pixel(20, 15), COLOURS[0]);
    }
    let photograph = file(plain(80, 60, [9, 99, 199]), ImageFormat::Png);
    assert_near(open(&drawn(&photograph, &moving(40, Output::Gif)), Output::Gif).get_pixel(9, 9), [9, 99, 199, 255]);
}

#[test]
fn what_is_transparent_stays_so() {
    let mut bytes = Vec::new();
    let frames = [0, 40].map(|from| {
        Frame::new(RgbaImage::from_fn(80, 60, |x, _| if x < from { Rgba([0; 4]) } else { Rgba(COLOURS[0]) }))
    });
    GifEncoder::new(&mut bytes).encode_frames(frames).unwrap();
    for output in [Output::WebP, Output::Gif] {
        let frames = frames_of(&bytes, output);
        assert_eq!(frames[0].buffer().get_pixel(10, 15)[3], 255);
        assert_eq!(frames[1].buffer().get_pixel(10, 15)[3], 0, "{output:?}");
        assert_near(frames[1].buffer().get_pixel(30, 15), COLOURS[0]);
    }
}

fn frames_of(original: &[u8], output: Output) -> Vec<Frame> {
    frames(&drawn(original, &moving(40, output)), output)
}

#[test]
fn frames_are_limited() {
    let original = gif(None);
    let refusal = Refusal::TooManyFrames { frames: 3, most: 2 };
    let few = Limits { max_frames: 2, ..Limits::default() };
    let small = Limits { max_moving_pixels: 80 * 60 * 2, ..Limits::default() };
    for limits in [few, small] {
        assert_eq!(render(&original, &moving(40, Output::WebP), &limits), Err(refusal.clone()));
    }
}

#[test]
fn without_the_memory_for_moving_it_is_still() {
    let limits = Limits { max_memory: 150_000, ..Limits::default() };
    let rendered = render(&gif(None), &moving(80, Output::WebP), &limits).unwrap();
    assert_eq!(probe(&rendered.bytes, &Limits::default()).unwrap().frames, 1);
}
