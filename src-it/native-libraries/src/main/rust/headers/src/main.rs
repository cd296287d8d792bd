//! Calls C by bindings that bindgen made from its header.
#![allow(non_camel_case_types)]
include!(concat!(env!("OUT_DIR"), "/point.rs"));

fn main() {
    let points = [point { x: 1, y: 2 }, point { x: 3, y: 36 }];
    println!("{}", unsafe { point_sum(points.as_ptr(), points.len()) });
}
