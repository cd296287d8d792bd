import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.pin.Wording;
import java.nio.file.Path;

/** Generates one Cargo.nix, as the plugin does but without Maven: {@code Generate MANIFEST OUTPUT}. */
final class Generate {
  private Generate() {}

  public static void main(String[] arguments) throws Exception {
    Context context =
        Context.of(System.getenv(), Path.of(System.getProperty("user.home")), new Wording("-", "-", "-"));
    boolean written =
        Generator.generate(CargoRequest.of(Path.of(arguments[0]), Path.of(arguments[1])), context)
            .written();
    System.out.println(written ? "written" : "unchanged");
  }
}
