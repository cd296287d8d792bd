# Takes away the symbol versions that only weak references ask for, so that a program also starts where the C library is older than here.
#
# Rust's standard library refers to newer functions of the C library weakly and does without them where they are absent. GNU ld binds such
# references to a version all the same, and the loader then refuses every library that lacks the version. Such a reference becomes an unversioned
# one, and a version that nothing else needs leaves the list of those needed. Nothing moves. (gABI, "Symbol Table"; LSB Core, "Symbol Versioning".)
# Files that are not 64-bit little-endian ELF with versioned dynamic symbols stay as they are.
use strict;
use warnings;

use constant { UNVERSIONED => 1, SHN_UNDEF => 0, STB_WEAK => 2, SHT_DYNSYM => 11, SHT_GNU_VERNEED => 0x6ffffffe, SHT_GNU_VERSYM => 0x6fffffff };

for my $path (@ARGV) {
    open my $file, '<:raw', $path or die "$path: $!\n";
    my $elf = do { local $/; <$file> };
    next if length($elf) < 64 || substr($elf, 0, 6) ne "\x7fELF\x02\x01";
    my $before = $elf;

    my ($table) = unpack 'Q<', substr $elf, 40, 8;
    my ($size, $count) = unpack 'S<S<', substr $elf, 58, 4;
    my %section;
    for my $i (0 .. $count - 1) {
        my (undef, $type, undef, undef, $offset, $length) = unpack 'L<L<Q<Q<Q<Q<', substr $elf, $table + $i * $size, 40;
        $section{$type} = [ $offset, $length ];
    }
    next if grep { !$section{$_} } SHT_DYNSYM, SHT_GNU_VERNEED, SHT_GNU_VERSYM;

    my ($symbols, $length) = @{ $section{ +SHT_DYNSYM } };
    my $versions = $section{ +SHT_GNU_VERSYM }[0];
    my (%weak, %strong);
    for my $i (0 .. $length / 24 - 1) {
        my (undef, $info, undef, $where) = unpack 'L<CCS<', substr $elf, $symbols + $i * 24, 8;
        my $version = unpack 'S<', substr $elf, $versions + $i * 2, 2;
        next if $where != SHN_UNDEF;
        if ($info >> 4 == STB_WEAK) { push @{ $weak{$version} }, $i }
        else                        { $strong{$version} = 1 }
    }

    for (my $need = $section{ +SHT_GNU_VERNEED }[0] ; ;) {
        my (undef, $entries, undef, $first, $next) = unpack 'S<S<L<L<L<', substr $elf, $need, 16;
        # where the offset of the entry stands that is looked at, and what that offset is counted from
        my ($link, $from) = ($need + 8, $need);
        for (1 .. $entries) {
            my $entry = $from + unpack 'L<', substr $elf, $link, 4;
            my (undef, undef, $version, undef, $step) = unpack 'L<S<S<L<L<', substr $elf, $entry, 16;
            if ($weak{$version} && !$strong{$version} && $entries > 1) {
                substr($elf, $versions + $_ * 2, 2) = pack 'S<', UNVERSIONED for @{ $weak{$version} };
                substr($elf, $link, 4) = pack 'L<', $step ? $entry + $step - $from : 0;
                substr($elf, $need + 2, 2) = pack 'S<', --$entries;
            }
            else {
                ($link, $from) = ($entry + 12, $entry);
            }
        }
        last if $next == 0;
        $need += $next;
    }

    next if $elf eq $before;
    open $file, '>:raw', $path or die "$path: $!\n";
    print {$file} $elf;
    close $file or die "$path: $!\n";
}
