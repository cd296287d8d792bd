use std::io::Write;

fn main() {
    let mut out = std::io::stdout().lock();
    for i in 0..100_000 {
        writeln!(out, "cargo:rerun-if-changed=some/long/folder/name/file-{i}.txt").unwrap();
    }
    let lines: [&[u8]; 17] = [
        b"cargo::rerun-if-env-changed=LOUD\n",
        b"cargo:rustc-env=LATIN=gr\xfc\xdfe\n",
        b"cargo:rustc-env=OVERLONG=\xc0\x80\n",
        b"cargo:rustc-env=SURROGATE=\xed\xa0\x80\n",
        b"cargo:rustc-env=TOO_LARGE=\xf4\x90\x80\x80\n",
        b"cargo:rustc-env=CUT=\xe2\x82\n",
        b"cargo:warning=\xff\n",
        b"  \t cargo:rustc-env=INDENTED=yes \t \r\n",
        b"cargo:rustc-env=EMPTY=\n",
        b"cargo:rustc-env=EQUALS=a=b=c\n",
        b"cargo:rustc-env=WIDE=gr\xc3\xbc\xc3\x9fe \xe2\x82\xac \xf0\x9f\xa6\x80 \xef\xbf\xbf \xed\x9f\xbf $x \\n 'q' \"d\" `b`\n",
        b"cargo:rustc-env=SPACE=a  b\n",
        b"not a directive cargo:rustc-env=NOT=1\n",
        b"\n",
        b"\xff\xfe\n",
        b"cargo::rustc-cfg=new\n",
        b"cargo:rustc-cfg=last",
    ];
    for line in lines {
        out.write_all(line).unwrap();
    }
}
