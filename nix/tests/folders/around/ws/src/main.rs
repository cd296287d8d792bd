mod made;

fn main() {
    println!("{} {} {} {}", made::MADE, env!("HEADER"), dep::MADE, nested::word!());
}
