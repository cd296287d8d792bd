use std::panic;
use std::thread;

#[inline(never)]
fn fails(number: i32) -> i32 {
    if number > 1 {
        panic!("too many: {number}");
    }
    number
}

#[inline(never)]
fn traced() -> String {
    std::backtrace::Backtrace::force_capture().to_string()
}

struct Noisy;

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("dropped");
    }
}

fn main() {
    println!("built for {}, {}", env!("SEEN_TARGET"), env!("SEEN_CARGO_CFG_TARGET_ENV"));
    println!("script for {}, probe {}", env!("SCRIPT_ENV"), env!("PROBE"));
    println!("is for {}", if cfg!(target_env = "musl") { "musl" } else { "another" });
    println!("macro: {}", macros::shout!(quiet));
    println!("C: {}", c_part::answer());
    let sum: u32 = (1..=8).map(|n| thread::spawn(move || n)).map(|t| t.join().unwrap()).sum();
    println!("threads: {sum}");
    panic::set_hook(Box::new(|_| {}));
    let caught = panic::catch_unwind(|| {
        let _noisy = Noisy;
        fails(std::env::args().count() as i32 + 1)
    });
    println!("caught: {}", caught.unwrap_err().downcast_ref::<String>().unwrap());
    let joined = thread::spawn(|| fails(std::env::args().count() as i32 + 2)).join();
    println!("joined: {}", joined.unwrap_err().downcast_ref::<String>().unwrap());
    println!("through C: {}", c_part::call_back(|| panic::catch_unwind(|| fails(9)).is_err()));
    let trace = traced();
    println!("traced: {} {}", trace.contains("app::traced"), trace.contains("app::main"));
    println!("host: {:?}", std::net::ToSocketAddrs::to_socket_addrs("127.0.0.1:80").unwrap().next());
}
