fn main() {
    cxx_build::bridge("src/main.rs").file("src/app.cc").std("c++17").compile("app-bridge");
}
