# The name of a store path of something that the user named. Nix takes few characters (libstore's checkName: letters, digits, `+-._?=`, 211 of them, no dot
# first); what else there is becomes `_`, and a digest keeps two names apart.
name:
if builtins.match "[A-Za-z0-9+_?=-][A-Za-z0-9+._?=-]{0,159}" name != null then
  name
else
  let
    parts = builtins.split "[^A-Za-z0-9+._?=-]+" name;
    plain = builtins.concatStringsSep "_" (builtins.filter builtins.isString parts);
  in
  "${builtins.substring 0 120 plain}-${builtins.substring 0 8 (builtins.hashString "sha256" name)}"
