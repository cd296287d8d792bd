# What `mvn nix:verify` builds beside the project, by derivation: clocks that go wrong, and canaries, of which it is known how they must be judged.
#
#     clocks.NAME     ld.so.preload: what to bind to /etc/ld.so.preload of a sandbox
#     canaries.NAME   writes what it finds of one condition of its build; `clean` of none
{
  # the store path of the sysroot that builds run in
  sysroot,
}:
let
  platform = import ../platform/debian.nix { sysroot = builtins.storePath sysroot; };
  clock =
    name: definition:
    platform.mkDerivation {
      name = "verify-clock-${name}";
      inherit definition;
      source = ./clock.c;
      script = ./clock.bash;
    };
  canary =
    condition:
    platform.mkDerivation {
      name = "verify-canary-${condition}";
      inherit condition;
      script = ./canary.bash;
    };
  named =
    make: names:
    builtins.listToAttrs (
      map (name: {
        inherit name;
        value = (make name).drvPath;
      }) names
    );
in
{
  clocks = builtins.mapAttrs (name: definition: (clock name definition).drvPath) {
    # 400 days and some hours: another year, month, day, weekday, hour, minute and second, whatever the time is
    later = "LATER=34585991";
    standing = "STANDING=1800000000";
  };
  canaries = named canary [
    "path"
    "cores"
    "time"
    "order"
    "kernel"
    "clean"
  ];
}
