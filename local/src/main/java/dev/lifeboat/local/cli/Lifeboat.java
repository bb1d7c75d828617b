package dev.lifeboat.local.cli;

import dev.lifeboat.contract.error.LifeboatException;
import java.io.PrintWriter;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program behind {@code ./lifeboat}. */
@Command(
        name = "lifeboat",
        mixinStandardHelpOptions = true,
        version = "lifeboat 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = "Brings a lost PostgreSQL database on Amazon EKS back by itself, and proves that it can.",
        footer = {
            "",
            "Exit codes: 0 all held, 1 something did not hold, 2 the command line is wrong, 3 it could not be tried.",
            "Everything runs on this machine and listens on loopback alone: no account, no Docker, no network. Only "
                    + "restore goes where it is told to."
        },
        subcommands = {
            DrillCommand.class,
            VerifyCommand.class,
            RestoreCommand.class,
            InvokeCommand.class,
            ExploreCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Lifeboat implements Runnable {
    /** Something did not hold. */
    static final int FAILED = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** It could not be tried: a file, a program or the build is missing. */
    static final int UNABLE = 3;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Takes a shutdown hook back; when the process is being ended already, it stays, and so does this thread. */
    static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LockSupport.park();
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Lifeboat())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> report(failure, commandLine));
    }

    private static int report(Exception failure, CommandLine commandLine) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof LifeboatException || failure instanceof UnableException) {
            err.println("lifeboat: " + failure.getMessage());
        } else {
            err.println("lifeboat: this is a defect of lifeboat itself; please report it with what follows.");
            failure.printStackTrace(err);
        }
        err.flush();
        return UNABLE;
    }
}
