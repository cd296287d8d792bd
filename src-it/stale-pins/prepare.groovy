import io.github.nixmaven.generator.cargo.CargoRequest
import io.github.nixmaven.generator.pin.Context
import io.github.nixmaven.generator.pin.Generator
import io.github.nixmaven.generator.pin.Wording

def file = { new File(basedir, it) }
def context = Context.of(System.getenv(), new File(System.getProperty('user.home')).toPath(), new Wording('-', '-', '-'))
Generator.generate(CargoRequest.of(file('Cargo.toml').toPath(), file('Cargo.nix').toPath()), context)

// A dependency bump that nobody followed up with nix:generate.
file('Cargo.toml').text = file('Cargo.toml').text.replace('=1.0.14', '=1.0.15')
file('Cargo.lock').text = file('Cargo.lock').text
    .replace('1.0.14', '1.0.15')
    .replace('d75a2a4b1b190afb6f5425f10f6a8f959d2ea0b9c2b1d79553551850539e4674',
             '4a5f13b858c8d314ee3e8f639011f7ccefe71f97f96e50151fb991f267928e2c')
return true
