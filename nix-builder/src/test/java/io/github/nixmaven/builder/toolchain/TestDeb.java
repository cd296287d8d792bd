package io.github.nixmaven.builder.toolchain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Makes .deb files, hostile ones too, which dpkg-deb would not make. */
final class TestDeb {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar =
      new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

  TestDeb() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
  }

  TestDeb folder(String name) throws IOException {
    return entry(new TarArchiveEntry(name + "/", true), 0755, "");
  }

  TestDeb file(String name, int mode, String content) throws IOException {
    return entry(new TarArchiveEntry(name, true), mode, content);
  }

  TestDeb link(String name, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
    entry.setLinkName(target);
    return entry(entry, 0777, "");
  }

  TestDeb hardLink(String name, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_LINK, true);
    entry.setLinkName(target);
    return entry(entry, 0755, "");
  }

  TestDeb special(String name, byte type) throws IOException {
    return entry(new TarArchiveEntry(name, type, true), 0644, "");
  }

  private TestDeb entry(TarArchiveEntry entry, int mode, String content) throws IOException {
    byte[] body = content.getBytes(StandardCharsets.UTF_8);
    entry.setMode(mode);
    entry.setSize(body.length);
    tar.putArchiveEntry(entry);
    tar.write(body);
    tar.closeArchiveEntry();
    return this;
  }

  byte[] xz() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    return packed("data.tar.xz", data, new XZOutputStream(data, new LZMA2Options(0)));
  }

  byte[] gzip() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    return packed("data.tar.gz", data, new GZIPOutputStream(data));
  }

  /** Under any name, uncompressed. */
  byte[] plain(String member) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    return packed(member, data, data);
  }

  private byte[] packed(String member, ByteArrayOutputStream data, OutputStream compressor)
      throws IOException {
    tar.close();
    try (compressor) {
      bytes.writeTo(compressor);
    }
    ByteArrayOutputStream control = new ByteArrayOutputStream();
    new TarArchiveOutputStream(control).close();
    ByteArrayOutputStream deb = new ByteArrayOutputStream();
    try (ArArchiveOutputStream ar = new ArArchiveOutputStream(deb)) {
      member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
      member(ar, "control.tar", control.toByteArray());
      member(ar, member, data.toByteArray());
    }
    return deb.toByteArray();
  }

  private static void member(ArArchiveOutputStream ar, String name, byte[] content)
      throws IOException {
    ar.putArchiveEntry(new ArArchiveEntry(name, content.length));
    ar.write(content);
    ar.closeArchiveEntry();
  }
}
