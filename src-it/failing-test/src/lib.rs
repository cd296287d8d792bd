pub fn sum(a: u32, b: u32) -> u32 {
    a - b
}

#[cfg(test)]
mod tests {
    #[test]
    fn adds() {
        println!("adding <2> & 1");
        assert_eq!(super::sum(2, 1), 3);
    }

    #[test]
    fn nothing_to_nothing() {
        assert_eq!(super::sum(0, 0), 0);
    }
}
