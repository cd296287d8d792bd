package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.PublishedManifest;
import io.github.nixmaven.generator.cargo.registry.CrateContents;
import io.github.nixmaven.generator.cargo.registry.Facts;
import io.github.nixmaven.generator.text.RecordFile;

/** Keeps manifests of published crates, so that a later run does not parse their TOML again. */
final class PublishedFacts implements Facts<Manifest> {
  private final PublishedManifest.Format format = new PublishedManifest.Format();

  @Override
  public String fileName() {
    return "facts-5";
  }

  @Override
  public Manifest of(CrateContents contents) {
    return PublishedManifest.read(contents.manifest(), contents.files());
  }

  @Override
  public void write(Manifest manifest, RecordFile.Writer out) {
    format.write(manifest, out);
  }

  @Override
  public Manifest read(RecordFile.Reader in) {
    return format.read(in);
  }
}
