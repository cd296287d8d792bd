// Nineteen libraries, of which each but the first needs the one with half its number, and a program that needs the last and the tenth. The second
// workspace is the first with one line of the third library changed. A stamp in the first makes all of them new to a store that knows an earlier run's.
def stamp = System.nanoTime()
def write = { String path, String text ->
    def file = new File(basedir, path)
    file.parentFile.mkdirs()
    file.text = text
}
def name = { int number -> String.format('m%02d', number) }
for (tree in ['before', 'after']) {
    def manifest = { String member, List<String> needed ->
        write("$tree/$member/Cargo.toml", """\
            [package]
            name = "$member"
            version = "1.0.0"
            edition = "2021"

            [dependencies]
            """.stripIndent() + needed.collect { "$it = { path = \"../$it\" }\n" }.join())
    }
    def members = (1..19).collect(name)
    write("$tree/Cargo.toml", "[workspace]\nresolver = \"2\"\nmembers = ${(members + 'app').collect { "\"$it\"" }}\n")
    for (number in 1..19) {
        def base = number == 1 ? [] : [name(number.intdiv(2))]
        manifest(name(number), base)
        def answer = number == 3 && tree == 'after' ? 1000 : number
        write("$tree/${name(number)}/src/lib.rs", (number == 1 ? "// $stamp\n" : '') + "pub fn sum() -> u64 {\n    $answer${base.collect { " + $it::sum()" }.join()}\n}\n")
    }
    manifest('app', [name(10), name(13)])
    write("$tree/app/src/main.rs", "fn main() {\n    println!(\"{} {}\", ${name(10)}::sum(), ${name(13)}::sum());\n}\n")

    write("$tree/Cargo.lock", "version = 4\n" + (['app'] + members).collect { member ->
        def needed = member == 'app' ? [name(10), name(13)] : member == 'm01' ? [] : [name((member.substring(1) as int).intdiv(2))]
        "\n[[package]]\nname = \"$member\"\nversion = \"1.0.0\"\n" +
            (needed ? "dependencies = [\n${needed.collect { " \"$it\",\n" }.join()}]\n" : '')
    }.join())
}
return true
