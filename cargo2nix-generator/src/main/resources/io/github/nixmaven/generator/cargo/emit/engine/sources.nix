  # --- sources ----------------------------------------------------------------------------------------------------------------------------------

  # The files of a package, which say what they are: no name is taken apart. Of a derivation in the form that nix-builder's nix/units.nix has.
  sourceOf =
    crate:
    let
      src = filesOf crate;
    in
    (if builtins.isAttrs src then src else { outPath = src; })
    // (if linksOf crate == { } then { } else { links = linksOf crate; })
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
      filesBelow (sourceName crate) "." (belongsToAny crate)
    else if crate ? path then
      filesBelow (sourceName crate) (placeOf crate) (belongsTo crate)
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

  # Where the files of a package on this disk are: its folder, or what a link leads to.
  placeOf = crate: crate.linkTo or crate.path;

  # Nix takes only some letters in names of store paths.
  sourceName =
    crate:
    let
      parts = builtins.split "[^A-Za-z0-9+._?=-]+" crate.crateName;
      plain = builtins.concatStringsSep "_" (builtins.filter builtins.isString parts);
    in
    if builtins.length parts == 1 then
      "${crate.crateName}-source"
    else
      "${plain}-${builtins.substring 0 8 (builtins.hashString "sha256" crate.crateName)}-source";

  # A package's folder: of a repository's, what git tracks; else what cargo takes outside of repositories, all but hidden files. Packages that lie
  # inside it belong to it where it needs them, as what changes in them then makes it new anyway.
  belongsTo =
    crate:
    let
      top = toString (folder (placeOf crate));
      isLeft = isLeftIn top;
      nested = builtins.listToAttrs (
        map (path: {
          name = toString (folder path);
          value = null;
        }) (crate.nested or [ ])
      );
      isOther = file: localFolders ? ${file} && !(nested ? ${file});
    in
    if tracked ? "${top}/Cargo.toml" then
      file: type: tracked ? ${file} && !(isOther file || isLeft file type)
    else
      file: type: !(isOther file || isLeft file type || builtins.substring 0 1 (baseNameOf file) == ".");
  # Whether builds and tools leave it in a folder.
  isLeftIn =
    top:
    let
      left = {
        "${top}/target" = null;
        "${top}/Cargo.nix" = null;
        "${top}/crate-hashes.json" = null;
        "${top}/nix-overrides.toml" = null;
        "${top}/reproducibility.toml" = null;
        "${top}/nix-toolchain.lock.json" = null;
      };
    in
    file: type:
    left ? ${file}
    || baseNameOf file == ".git"
    || type == "directory" && builtins.pathExists (file + "/.cargo-checksum.json")
    || type == "symlink" && !(tracked ? ${file}) && dirOf file == top && builtins.match "result(-.*)?" (baseNameOf file) != null
    || type == "unknown";

  # What somebody named is there without regard to git.
  belongsToNamed =
    path:
    let
      isLeft = isLeftIn (toString (folder path));
    in
    file: type: !(localFolders ? ${file} || isLeft file type);

  isBelow = above: file: builtins.substring 0 (builtins.stringLength above + 1) file == above + "/";
  # Several files and folders of the workspace, each where it lies.
  belongsToSome =
    wanted: file: type:
    builtins.any (one: file == one.at || isBelow file one.at || isBelow one.at file && one.belongs file type) wanted;
  namedAt = path: {
    at = toString (folder path);
    belongs = belongsToNamed path;
  };
  belongsToAny =
    crate:
    belongsToSome (
      [
        {
          at = toString (folder (placeOf crate));
          belongs = belongsTo crate;
        }
      ]
      ++ (if crate ? linkTo then [ (namedAt crate.path) ] else [ ])
      ++ map namedAt crate.sources
    );

  # PLACE = what a link leads to that lies outside of the package's folder; of a repository's what git tracks
  linksOf =
    crate:
    let
      place = placeOf crate;
      own = links.${toString (folder place)} or { };
      prefix = if crate ? sources && place != "." then "${place}/" else "";
    in
    if !(crate ? path) || crate.vendored or false || own == { } then
      { }
    else
      builtins.listToAttrs (
        map (link: {
          name = prefix + link;
          value = builtins.path {
            name = "linked";
            path = /. + own.${link};
            filter =
              if tracked ? ${own.${link}} then
                file: _: tracked ? ${file}
              else
                file: type: !(builtins.substring 0 1 (baseNameOf file) == "." || type == "unknown");
          };
        }) (builtins.attrNames own)
      );
  tracked = localFiles.tracked or { };
  links = localFiles.links or { };

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
      holdsPackages = builtins.any (known: known == at || isBelow at known) (builtins.attrNames localFolders);
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
            filter = belongsToNamed path;
          };
    };

  localFolders = builtins.listToAttrs (
    map (crate: {
      name = toString (folder (placeOf crate));
      value = null;
    }) (builtins.filter (crate: crate ? path) (builtins.attrValues crates))
  );

