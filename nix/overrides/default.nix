# The override table as Cargo.nix takes overrides: { CRATE = attributes: attributes to add or replace; }
#
#     import ./Cargo.nix { defaultCrateOverrides = pkgs.defaultCrateOverrides // import ./overrides { inherit pkgs; }; }
#
# The format of rows stands in docs/overrides.md. A row sees a crate's name and version, where its source comes from and its features.
{
  # nixpkgs, in which packages and tools are looked up; without it the rows are for the debian platform, whose packages are all in the sysroot
  pkgs ? null,
  # a file of rows that win over those shipped, such as ./nix-overrides.toml
  own ? null,
}:
let
  inherit (builtins)
    all
    any
    compareVersions
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    foldl'
    fromTOML
    genList
    groupBy
    head
    isList
    isString
    length
    mapAttrs
    match
    readFile
    split
    ;

  rowsOf =
    file:
    let
      # Patches lie beside the file that names them.
      folder = /. + dirOf (toString file);
    in
    map (row: row // { inherit folder; }) ((fromTOML (readFile file)).crate or [ ]);

  shipped = groupBy (row: row.name) (rowsOf ./crates.toml);
  owned = if own == null then { } else groupBy (row: row.name) (rowsOf own);

  # What rows apply to a crate: the user's own, or else those shipped.
  rowsFor =
    crate:
    let
      applying = rows: filter (applies crate) (rows.${crate.crateName} or [ ]);
      ours = applying owned;
    in
    if ours == [ ] then applying shipped else ours;

  applies =
    crate: row:
    satisfies crate.version (row.version or "*")
    && (!(row ? source) || row.source == sourceOf crate)
    && all (feature: elem feature (crate.features or [ ])) (row.features or [ ])
    && !any (feature: elem feature (crate.features or [ ])) (row.not-features or [ ]);

  # As Cargo.nix says it.
  sourceOf =
    crate:
    {
      file = "registry";
      vendored = "registry";
      repository = "git";
      path = "path";
    }
    .${crate.src.about.source.kind
      or (throw "${crate.crateName}: Cargo.nix does not say where it comes from. Run `mvn nix:generate`.")};

  # --- version requirements: the Cargo Book, "Specifying Dependencies" -------------------------------------------------------------------------------

  # A pre-release counts as the version it comes before.
  satisfies =
    version: requirement:
    let
      own = numbers (head (match "([0-9.]+).*" version));
    in
    all (holds own) (filter isString (split "," requirement));

  numbers = text: filter isString (split "\\." text);

  holds =
    own: comparator:
    let
      parts = match " *(=|>=|>|<=|<|~|\\^)? *([0-9]+(\\.[0-9]+(\\.[0-9]+)?)?|\\*) *" comparator;
      operator = elemAt parts 0;
      named = numbers (elemAt parts 1);
      # compared with as many numbers as are named
      order = compareVersions (concatStringsSep "." (first (length named) own)) (concatStringsSep "." named);
      # how many numbers stay the same
      same = count: first count own == first count named;
      # up to and with the first that is not zero
      fixed = if length named == 1 || head named != "0" then 1 else if length named == 2 || elemAt named 1 != "0" then 2 else 3;
    in
    if comparator == "" || match " *\\* *" comparator != null then
      true
    else if operator == "=" then
      order == 0
    else if operator == ">=" then
      order >= 0
    else if operator == ">" then
      order > 0
    else if operator == "<=" then
      order <= 0
    else if operator == "<" then
      order < 0
    else if operator == "~" then
      same (if length named == 1 then 1 else 2) && atLeast own named
    else
      same fixed && atLeast own named;

  first = count: list: genList (elemAt list) count;
  atLeast = own: named: compareVersions (concatStringsSep "." own) (concatStringsSep "." named) >= 0;

  # --- what rows bring ---------------------------------------------------------------------------------------------------------------------------------

  attributesFor =
    crate:
    let
      needs = map (row: (if pkgs == null then row.debian or { } else row.nixpkgs or { }) // { inherit (row) folder; }) (rowsFor crate);
      list = name: concatMap (need: need.${name} or [ ]) needs;
      declared = foldl' (before: need: before // need.environment or { }) { } needs;
      environment = if pkgs == null then declared else mapAttrs (_: interpolated) declared;
      patches = crate.patches or [ ] ++ concatMap (need: map (patch: need.folder + "/${patch}") (need.patches or [ ])) needs;
      options = crate.extraRustcOpts or [ ] ++ list "rustc-flags";
      given = name: values: if values == [ ] then { } else { ${name} = values; };
    in
    given "patches" patches
    // given "extraRustcOpts" options
    # Of buildRustCrate's attributes those it does not know are variables.
    // (if crate ? dependencies then environment else if environment == { } then { } else { buildEnvironment = environment; })
    // (
      if pkgs == null then
        { }
      else
        given "buildInputs" (map package (list "packages")) // given "nativeBuildInputs" (map package (list "tools"))
    );

  # By attribute path, such as `gst_all_1.gstreamer`.
  package = path: foldl' (set: name: set.${name}) pkgs (filter isString (split "\\." path));

  # A text with store paths for ${ATTRIBUTE.PATH}.
  interpolated =
    text: concatStringsSep "" (map (part: if isList part then "${package (head part)}" else part) (split "\\$\\{([^}]+)}" text));
in
mapAttrs (_: _: attributesFor) (shipped // owned)
