package dev.lifeboat.local.cli;

import dev.lifeboat.local.explore.Exploration;
import dev.lifeboat.local.explore.ExploreException;
import dev.lifeboat.local.explore.ExploreReport;
import dev.lifeboat.local.explore.Explorer;
import dev.lifeboat.local.states.DefinitionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifeboat explore}: walks every way through the state machines. */
@Command(
        name = "explore",
        mixinStandardHelpOptions = true,
        description = {
            "Walks every way through every machine in statemachines/, or through a pair that may meet on one target.",
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
            description = "One machine, or two that work on one target (default: every machine by itself).")
    private List<String> only = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ExploreReport report = new ExploreReport(spec.commandLine().getOut());
        try {
            Explorer explorer = Explorer.of(Path.of(System.getProperty("lifeboat.root", ".")));
            boolean broken = false;
            for (List<String> machines : asked(explorer)) {
                Exploration exploration = explorer.explore(machines);
                report.print(exploration);
                broken |= !exploration.violations().isEmpty();
            }
            return broken ? Lifeboat.FAILED : 0;
        } catch (ExploreException e) {
            throw new UnableException(e);
        } catch (DefinitionException e) {
            throw new UnableException(e.getMessage(), "Correct that file of statemachines/.", e);
        }
    }

    private List<List<String>> asked(Explorer explorer) {
        if (only.isEmpty()) {
            return explorer.machines().stream().map(List::of).toList();
        }
        for (String machine : only) {
            if (!explorer.machines().contains(machine)) {
                throw new UnableException(
                        "There is no statemachines/" + machine + ".asl.json.",
                        "Name one of " + String.join(", ", explorer.machines()) + ".");
            }
        }
        return List.of(only);
    }
}
