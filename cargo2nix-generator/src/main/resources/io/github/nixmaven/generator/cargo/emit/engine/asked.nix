  # ------------------------------------------------------------------------------------------------------------------------------------------------
  # From here on nothing depends on the project: the tables above become derivations. See docs/design/architecture.md, "Cargo.nix".

  # --- what is asked for ------------------------------------------------------------------------------------------------------------------------

  triple = platform: platform.rust.rustcTarget or platform.config;
  target = declared "target" "targets" (triple stdenv.hostPlatform);
  host = declared "host" "hosts" (
    if stdenv ? buildPlatform then
      triple stdenv.buildPlatform
    else if builtins.elem target scope.hosts then
      target
    else
      builtins.head scope.hosts
  );
  selectionOf =
    features:
    declared "selection" "selections" (
      if features == [ ] then "no-default" else builtins.concatStringsSep "," (builtins.sort builtins.lessThan features)
    );

  declared =
    what: dimension: value:
    if builtins.elem value scope.${dimension} then
      value
    else
      throw ''
        Cargo.nix was not generated for the ${what} "${value}", only for: ${
          builtins.concatStringsSep " " (map (known: ''"${known}"'') scope.${dimension})
        }.
        Add <${what}>${value}</${what}> to the plugin's <${dimension}> and run `mvn nix:generate`.'';

  # The build that a member belongs to.
  contextOf =
    {
      member = member: member;
      workspace = _: "--workspace";
    }
    .${resolution} or (throw ''resolution = "${resolution}": there are "member" and "workspace".'');

