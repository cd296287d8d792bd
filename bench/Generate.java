import io.github.nixmaven.generator.api.CargoNixGenerator;
import io.github.nixmaven.generator.api.GenerateRequest;
import java.nio.file.Path;

/** Generates one Cargo.nix, as the plugin does but without Maven: {@code Generate MANIFEST OUTPUT}. */
final class Generate {
  private Generate() {}

  public static void main(String[] arguments) throws Exception {
    boolean written =
        CargoNixGenerator.generate(
                GenerateRequest.of(Path.of(arguments[0]), Path.of(arguments[1])))
            .written();
    System.out.println(written ? "written" : "unchanged");
  }
}
