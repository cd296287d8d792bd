package io.github.nixmaven.plugin.mojo;

/** The names of the properties that set parameters from the command line. */
final class NixProperties {
  static final String ATTEST_FILES = "nix.attest.files";
  static final String ATTEST_KEYLESS = "nix.attest.keyless";
  static final String ATTEST_SIGNING_CONFIG = "nix.attest.signingConfig";
  static final String BUILDER_ID = "nix.builderId";
  static final String BUILDER_IDS = "nix.builderIds";
  static final String BUNDLES = "nix.bundles";
  static final String CARGO_MANIFEST = "nix.cargoManifest";
  static final String CARGO_NIX = "nix.cargoNix";
  static final String CERTIFICATE_IDENTITY = "nix.certificateIdentity";
  static final String CERTIFICATE_OIDC_ISSUER = "nix.certificateOidcIssuer";
  static final String CORES = "nix.cores";
  static final String CRATE_DIRECTORY = "nix.crateDirectory";
  static final String EXECUTABLES = "nix.executables";
  static final String HOSTS = "nix.hosts";
  static final String KEYRING = "nix.keyring";
  static final String KEY_ALIAS = "nix.keyAlias";
  static final String KEY_VARIABLE = "nix.keyVariable";
  static final String MANIFEST = "nix.manifest";
  static final String MAX_JOBS = "nix.maxJobs";
  static final String MEMBERS = "nix.members";
  static final String MIRROR = "nix.mirror";
  static final String NIX_DIRECTORY = "nix.nixDirectory";
  static final String OVERRIDES = "nix.overrides";
  static final String OVERRIDES_REPORT = "nix.overrides.report";
  static final String PACKAGES = "nix.packages";
  static final String PASSWORD_VARIABLE = "nix.passwordVariable";
  static final String PUBLIC_KEY = "nix.publicKey";
  static final String PUBLIC_KEY_VARIABLE = "nix.publicKeyVariable";
  static final String PUSH_CACHE = "nix.push.cache";
  static final String PUSH_COMPRESSION = "nix.push.compression";
  static final String PUSH_KEY = "nix.push.key";
  static final String PUSH_PARALLEL = "nix.push.parallel";
  static final String PUSH_SERVER = "nix.push.server";
  static final String REPORT_DIRECTORY = "nix.report.directory";
  static final String SECURITY_MIRROR = "nix.securityMirror";
  static final String SELECTIONS = "nix.selections";
  static final String SIGNING_KEY = "nix.signingKey";
  static final String SKIP = "nix.skip";
  static final String SNAPSHOT_MIRROR = "nix.snapshotMirror";
  static final String STRIP = "nix.strip";
  static final String SUITES = "nix.suites";
  static final String TARGETS = "nix.targets";
  static final String TEMPLATE = "nix.template";
  static final String TESTS = "nix.tests";
  static final String TEST_ARGUMENTS = "nix.test.arguments";
  static final String TEST_FAILURE_IGNORE = "nix.test.failureIgnored";
  static final String TEST_REPORTS = "nix.test.reports";
  static final String TOOLCHAIN_LOCK = "nix.toolchainLock";
  static final String TRUSTED_ROOT = "nix.trustedRoot";
  static final String VERIFIED_FILES = "nix.verify-attestation.files";
  static final String VERIFY_DIFFOSCOPE = "nix.verify.diffoscope";
  static final String VERIFY_POLICY = "nix.verify.policy";
  static final String VERIFY_REPORT = "nix.verify.report";
  static final String VERIFY_STORE = "nix.verify.store";
  static final String VERIFY_TIMEOUT = "nix.verify.timeout";
  static final String WASM_OPT = "nix.wasmOpt";
  static final String WORK_DIRECTORY = "nix.workDirectory";

  private NixProperties() {}
}
