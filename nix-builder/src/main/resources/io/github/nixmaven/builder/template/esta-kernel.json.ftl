[#ftl output_format="JSON"]
[#-- What ESTA's kernel reads of a module (engine/esta-kernel: kernel.rs, security/sig.rs). It drops capabilities that it does not know without a word. --]
[#if files?size != 1][#stop "the kernel reads one manifest a module: write @name@ into `manifest`"][/#if]
[#if keyKind != "Ed25519"][#stop "the kernel verifies Ed25519 only, and this key is of " + keyKind][/#if]
[#assign module = files[0]]
[#list module.capabilities as capability]
[#if !["log", "audit_emit", "persistence_read", "persistence_write"]?seq_contains(capability)]
[#stop "the kernel has no capability `" + capability + "`, but log, audit_emit, persistence_read and persistence_write"]
[/#if]
[/#list]
{
  "name": "[=module.name]",
  "path": "[=module.path]",
  "checksum": "[=module.sha256]",
  "capabilities": [[#list module.capabilities as capability]"[=capability]"[#sep], [/#sep][/#list]],
  "signature": "[=module.checksumSignature]"
}
