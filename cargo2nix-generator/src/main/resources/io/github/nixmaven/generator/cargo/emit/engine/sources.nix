  # --- sources ----------------------------------------------------------------------------------------------------------------------------------

  # The files of a package, which say what they are: no name is taken apart. Of a derivation in the form that nix-builder's nix/units.nix has.
  sourceOf =
    crate:
    let
      src = filesOf crate;
    in
    (if builtins.isAttrs src then src else { outPath = src; })
    // {
      about.source =
        if crate.vendored or false then
          { kind = "vendored"; }
        else if crate ? path then
          { kind = "path"; }
        else if crate ? git then
          {
            ecosystem = "cargo";
            kind = "repository";
            inherit (crate.git) url rev;
          }
        else
          {
            ecosystem = "cargo";
            kind = "file";
            package = crate.crateName;
            inherit (crate) version;
          };
    };
  filesOf =
    crate:
    if crate.vendored or false then
      filesBelow "${crate.crateName}-${crate.version}-source" crate.path (_: _: true)
    else if crate ? sources then
      filesBelow "${crate.crateName}-source" "." (belongsToAny ([ crate.path ] ++ crate.sources))
    else if crate ? path then
      filesBelow "${crate.crateName}-source" crate.path (belongsTo crate.path)
    else if crate ? git then
      pkgs.fetchgit {
        inherit (crate.git) url rev sha256;
        fetchSubmodules = true;
      }
    else
      fetchurl {
        name = "crate-${crate.crateName}-${crate.version}.tar.gz";
        url = addressOf crate;
        inherit (crate) sha256;
      };

  # As nixpkgs' lib.cleanSourceWith has it, for overrides that filter further or ask for the folder.
  filesBelow = name: path: filter: {
    _isLibCleanSourceWith = true;
    inherit filter name;
    origSrc = folder path;
    outPath = builtins.path {
      inherit filter name;
      path = folder path;
    };
  };

  # A template's markers are those of `dl`: the Cargo Book, "Index Configuration".
  addressOf =
    crate:
    let
      template = registries.${crate.registry or "crates-io"};
      name = crate.crateName;
      length = builtins.stringLength name;
      part = builtins.substring;
      prefix =
        if length < 3 then
          toString length
        else if length == 3 then
          "3/${part 0 1 name}"
        else
          "${part 0 2 name}/${part 2 2 name}";
      address = builtins.replaceStrings [ "{crate}" "{version}" "{sha256-checksum}" ] [ name crate.version crate.sha256 ] template;
      prefixed = builtins.replaceStrings [ "{prefix}" "{lowerprefix}" ] [ prefix (lower prefix) ] address;
    in
    if hasPrefix.${crate.registry or "crates-io"} then prefixed else address;
  hasPrefix = builtins.mapAttrs (_: template: builtins.replaceStrings [ "prefix}" ] [ "" ] template != template) registries;
  lower =
    let
      letters = alphabet: builtins.genList (i: builtins.substring i 1 alphabet) 26;
    in
    builtins.replaceStrings (letters "ABCDEFGHIJKLMNOPQRSTUVWXYZ") (letters "abcdefghijklmnopqrstuvwxyz");

  folder = path: if path == "." then ./. else ./. + "/${path}";

  # A package's folder without what builds and tools leave there, and without the packages that lie inside it.
  belongsTo =
    path:
    let
      top = toString (folder path) + "/";
      left = {
        ${top + "target"} = null;
        ${top + "Cargo.nix"} = null;
        ${top + "crate-hashes.json"} = null;
        ${top + "nix-overrides.toml"} = null;
        ${top + "reproducibility.toml"} = null;
        ${top + "nix-toolchain.lock.json"} = null;
      };
    in
    file: type:
    !(
      left ? ${file}
      || localFolders ? ${file}
      || baseNameOf file == ".git"
      || type == "directory" && builtins.pathExists (file + "/.cargo-checksum.json")
      || type == "symlink" && builtins.match "result(-.*)?" (baseNameOf file) != null
    );

  # Several files and folders of the workspace, each where it lies.
  belongsToAny =
    paths:
    let
      isBelow = above: file: builtins.substring 0 (builtins.stringLength above + 1) file == above + "/";
      wanted = map (path: {
        at = toString (folder path);
        belongs = belongsTo path;
      }) paths;
    in
    file: type:
    builtins.any (
      one: file == one.at || isBelow file one.at || isBelow one.at file && one.belongs file type
    ) wanted;

  # The environment that cargo's configuration sets. What a relative path names is there in all builds, at its place. A folder that packages lie in is
  # there with those files alone that a build has anyway.
  environment = builtins.mapAttrs (_: variable: if variable ? path then variable // named variable.path else variable) (
    profiles.environment or { }
  );
  named =
    path:
    let
      at = toString (folder path);
      place = builtins.substring (builtins.stringLength (toString ./.) + 1) (-1) at;
      isBuilt = builtins.match "target(/.*)?" place != null;
      holdsPackages = builtins.any (known: known == at || builtins.substring 0 (builtins.stringLength at + 1) known == at + "/") (
        builtins.attrNames localFolders
      );
    in
    {
      inherit place;
      files =
        if isBuilt || !builtins.pathExists (folder path) then
          null
        else if holdsPackages then
          ""
        else
          builtins.path {
            name = "cargo-environment";
            path = folder path;
            filter = belongsTo path;
          };
    };

  localFolders = builtins.listToAttrs (
    map (crate: {
      name = toString (folder crate.path);
      value = null;
    }) (builtins.filter (crate: crate ? path) (builtins.attrValues crates))
  );

