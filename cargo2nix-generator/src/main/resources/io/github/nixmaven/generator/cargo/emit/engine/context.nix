  # --- what holds in a context ------------------------------------------------------------------------------------------------------------------

  # { hosts, targets, selections, members, commands }, each a value of that dimension
  context = command: selection: member: {
    hosts = host;
    targets = target;
    selections = selection;
    members = member;
    commands = command;
  };

  # An entry of a table with all laid over it that is otherwise in a context.
  inContext =
    context: entry:
    if entry ? otherwise then
      builtins.foldl' overlay (removeAttrs entry [ "otherwise" ]) (builtins.filter (rule: holds context rule.when) entry.otherwise)
    else
      entry;
  holds = context: when: builtins.all (dimension: builtins.elem context.${dimension} when.${dimension}) (builtins.attrNames when);
  overlay =
    entry: rule:
    present (entry // removeAttrs rule [ "when" ])
    // edgesOver entry rule "dependencies"
    // edgesOver entry rule "buildDependencies"
    // edgesOver entry rule "devDependencies"
    // edgesOver entry rule "hostDevDependencies"
    // edgesOver entry rule "targets";
  edgesOver =
    entry: rule: name:
    if rule ? ${name} then { ${name} = present (entry.${name} or { } // rule.${name}); } else { };
  # without what is null
  present = set: removeAttrs set (builtins.filter (name: set.${name} == null) (builtins.attrNames set));

  edges = node: builtins.attrValues (node.dependencies or { }) ++ builtins.attrValues (node.buildDependencies or { });

  # how many nodes there are of a crate
  nodesOf = builtins.mapAttrs (_: builtins.length) (
    builtins.groupBy (key: nodes.${key}.crate or key) (builtins.attrNames nodes)
  );

  # NAME = the key of a member's package
  crateOfMember = builtins.listToAttrs (
    map (key: {
      name = crates.${key}.crateName;
      value = key;
    }) (builtins.filter (key: crates.${key}.member or false) (builtins.attrNames crates))
  );

  # Nodes that are the same everywhere, and so is all they need.
  isFixed = builtins.mapAttrs (_: node: !(node ? otherwise) && builtins.all (key: isFixed.${key}) (edges node)) nodes;
  varying = builtins.removeAttrs nodes (builtins.filter (key: isFixed.${key}) (builtins.attrNames nodes));
  changing = builtins.removeAttrs varying (builtins.filter (key: !(varying.${key} ? otherwise)) (builtins.attrNames varying));

  # The nodes of a context: what they hold, and what tells those that are not fixed and all they need from the same key's in other contexts.
  nodesIn =
    context:
    let
      held = nodes // builtins.mapAttrs (_: inContext context) changing;
      # A node holds what its rules make of it.
      identity = builtins.mapAttrs (
        key: node:
        builtins.hashString "sha256" (
          builtins.concatStringsSep "\n" (
            [ key ]
            ++ map (rule: if holds context rule.when then "1" else "0") (node.otherwise or [ ])
            ++ map (dependency: identity.${dependency} or dependency) (edges held.${key})
          )
        )
      ) varying;
    in
    {
      inherit held identity;
      # the keys of nodes and of all they need
      closure = reached (key: edges held.${key});
      # the same without those that are fixed, from which nothing leads to one that is not
      closureOfVarying = reached (key: builtins.filter (dependency: !isFixed.${dependency}) (edges held.${key}));
    };

  # Keys and all that are reached from them.
  reached =
    next: keys:
    map (visited: visited.key) (
      builtins.genericClosure {
        startSet = map (key: { inherit key; }) keys;
        operator = visited: map (key: { inherit key; }) (next visited.key);
      }
    );

