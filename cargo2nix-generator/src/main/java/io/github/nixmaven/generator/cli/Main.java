package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Wording;
import io.github.nixmaven.generator.text.FileNames;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command that contains the others. */
@Command(
    name = Main.NAME,
    description = "Translates Cargo.lock into Nix, exactly. Needs neither cargo nor Nix.",
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the answer is no: Cargo.nix is stale, or the argument of `why` is not built",
      "2:a mistake in the arguments, the lock or a manifest",
      "3:an error of the disk, the network or this program"
    })
public final class Main {
  static final String NAME = "cargo2nix-generator";

  private static final List<String> COMMANDS = List.of("generate", "check", "graph", "why");

  private static final Wording WORDING =
      new Wording("`--output`", "`--manifest-path`", "`" + NAME + " generate`");

  @Mixin HelpOptions help = new HelpOptions();

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {NAME + " " + (version == null ? "(not packaged)" : version)};
    }
  }

  /** This process's environment. */
  static Context context() {
    return Context.of(System.getenv(), Path.of(System.getProperty("user.home")), WORDING);
  }

  /** Runs a command and ends the process. */
  public static void main(String[] arguments) {
    // JGit logs through SLF4J, which would warn on every run that there is no logger.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(run(arguments));
  }

  private static int run(String... arguments) {
    Messages messages = new Messages();
    boolean coloured = Terminal.isOutput() && Terminal.coloursWelcome();
    CommandLine line =
        withCommands(new CommandLine(new Main()), arguments)
            .setColorScheme(CommandLine.Help.defaultColorScheme(coloured ? Ansi.ON : Ansi.OFF))
            .setParameterExceptionHandler((e, args) -> mistake(messages, e))
            .setExecutionExceptionHandler((e, command, parsed) -> fault(messages, e));
    if (arguments.length == 0) {
      line.usage(System.err);
      return ExitCode.MISTAKE;
    }
    return line.execute(arguments);
  }

  /** The named command, or else all: setting up a command takes a tenth of a short run. */
  private static CommandLine withCommands(CommandLine line, String... arguments) {
    if (arguments.length > 0 && COMMANDS.contains(arguments[0])) {
      return line.addSubcommand(command(arguments[0]));
    }
    COMMANDS.forEach(name -> line.addSubcommand(command(name)));
    return line.addSubcommand(new AutoComplete.GenerateCompletion());
  }

  private static Object command(String name) {
    return switch (name) {
      case "generate" -> new GenerateCommand();
      case "check" -> new CheckCommand();
      case "graph" -> new GraphCommand();
      default -> new WhyCommand();
    };
  }

  private static int mistake(Messages messages, ParameterException e) {
    CommandLine command = e.getCommandLine();
    String problem = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      String argument = unmatched.getUnmatched().get(0);
      String instead =
          command.getCommand() instanceof GenerateCommand ? Crate2nix.instead(argument) : null;
      if (instead != null) {
        messages.error("`" + argument + "` is an option of crate2nix\n  " + instead);
        return ExitCode.MISTAKE;
      }
      List<String> near = unmatched.getSuggestions();
      problem =
          "there is no `"
              + argument
              + "`"
              + (near.isEmpty() ? "" : "; did you mean `" + near.get(0).strip() + "`?");
    }
    messages.error(problem + "\n  See `" + command.getCommandSpec().qualifiedName() + " --help`.");
    return ExitCode.MISTAKE;
  }

  private static int fault(Messages messages, Exception e) {
    if (e instanceof InputException) {
      messages.error(String.valueOf(e.getMessage()));
      return ExitCode.MISTAKE;
    }
    if (e instanceof InvalidPathException path) {
      messages.error(String.valueOf(FileNames.mistake(path).getMessage()));
      return ExitCode.MISTAKE;
    }
    if (e instanceof IOException io) {
      messages.error(describe(io));
      return ExitCode.FAULT;
    }
    messages.error("This is a bug in " + NAME + ". Please report it:");
    messages.trace(e);
    return ExitCode.FAULT;
  }

  /** The JDK's messages for files are often only a path. */
  private static String describe(IOException e) {
    String message = e.getMessage();
    boolean bare = e instanceof FileSystemException fault && fault.getReason() == null;
    return bare || message == null ? e.getClass().getSimpleName() + ": " + message : message;
  }
}
