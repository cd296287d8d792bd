# Each derivation says what it is. No code takes a derivation's name apart: names are for people.
{
  # described ABOUT DERIVATION: the derivation, which says of itself
  #
  #     unit      { ecosystem, package ?, version ?, part, … } of what is built; what a part is called is the ecosystem's business
  #     source    { ecosystem, kind, package ?, version ?, … } of what is fetched, `kind` being "file" or "repository"
  #     uses      the described derivations that it is built from
  #
  # The build knows nothing of it. By `key` genericClosure tells derivations apart.
  described =
    about: derivation:
    derivation
    // {
      inherit about;
      key = derivation.drvPath;
    };

  # reached DERIVATIONS: what they and all that they are built from say, { units.DRVPATH; sources.DRVPATH; }
  reached =
    derivations:
    let
      all = builtins.genericClosure {
        startSet = map (derivation: derivation // { key = derivation.drvPath; }) derivations;
        operator = derivation: derivation.about.uses or [ ];
      };
      said =
        attribute:
        builtins.listToAttrs (
          map (
            { key, about, ... }:
            {
              name = builtins.unsafeDiscardStringContext key;
              value = about.${attribute};
            }
          ) (builtins.filter (derivation: derivation.about or { } ? ${attribute}) all)
        );
    in
    {
      units = said "unit";
      sources = said "source";
    };
}
