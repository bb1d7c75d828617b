package dev.lifeboat.local.cli;

import dev.lifeboat.local.explore.Exploration;
import dev.lifeboat.local.explore.ExploreException;
import dev.lifeboat.local.explore.ExploreProgress;
import dev.lifeboat.local.explore.ExploreReport;
import dev.lifeboat.local.explore.Explorer;
import dev.lifeboat.local.explore.Walk;
import dev.lifeboat.local.states.DefinitionException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifeboat explore}: walks every way through the state machines. */
@Command(
        name = "explore",
        mixinStandardHelpOptions = true,
        description = {
            "Walks every way through every machine in statemachines/, through every pair that may meet on one target, and through "
                    + "each that is started again for the same incident.",
            "",
            "Each Task succeeds with each answer, fails in each way that it is prepared for, times out, dies in between, is "
                    + "delivered twice, and comes late. Prints how many paths there are, how they end, and each rule of the "
                    + "design that one breaks, with the shortest such path. docs/explore.md tells more.",
            "Exit codes: 0 no rule is broken, 1 one is, 2 the command line is wrong, 3 a machine cannot be explored (it says "
                    + "why)."
        })
final class ExploreCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..2",
            paramLabel = "MACHINE",
            description =
                    "One machine, or two that work on one target (default: every machine by itself, then every pair, then each "
                            + "started again).")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--again",
            description = "Of one machine: its execution ends, or is stopped, anywhere, and is started again.")
    private boolean again;

    @Option(names = "--plain", description = "Plain lines in place of live progress, also on a terminal.")
    private boolean plain;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            Explorer explorer = Explorer.of(Path.of(System.getProperty("lifeboat.root", ".")));
            return explore(explorer, asked(explorer));
        } catch (ExploreException e) {
            throw new UnableException(e);
        } catch (DefinitionException e) {
            throw new UnableException(e.getMessage(), "Correct that file of statemachines/.", e);
        }
    }

    private int explore(Explorer explorer, List<Walk> asked) {
        ExploreReport report = new ExploreReport(spec.commandLine().getOut());
        List<Exploration> explored = new ArrayList<>();
        PrintWriter err = spec.commandLine().getErr();
        boolean live = !plain && Boolean.getBoolean("lifeboat.terminal");
        try (RestoreDisplay display = new RestoreDisplay(err, live)) {
            for (Walk walk : asked) {
                ExploreProgress progress = new ExploreProgress();
                String title = (explored.size() + 1) + " of " + asked.size() + ", " + walk.title();
                Exploration exploration =
                        display.during(() -> title + ": " + progress, () -> explorer.explore(walk, progress));
                report.print(exploration);
                explored.add(exploration);
            }
        }
        if (only.isEmpty()) {
            report.summarise(explored, explorer.alone());
        }
        return explored.stream().allMatch(each -> each.violations().isEmpty()) ? 0 : Lifeboat.FAILED;
    }

    private List<Walk> asked(Explorer explorer) {
        if (again && only.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "--again goes with one MACHINE, and " + only.size() + " are named.");
        }
        if (only.isEmpty()) {
            return explorer.walks();
        }
        for (String machine : only) {
            if (!explorer.machines().contains(machine)) {
                throw new UnableException(
                        "There is no statemachines/" + machine + ".asl.json.",
                        "Name one of " + String.join(", ", explorer.machines()) + ".");
            }
        }
        return List.of(again ? Walk.again(only.get(0)) : Walk.of(only));
    }
}
