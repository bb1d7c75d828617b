package dev.lifeboat.local.drill;

import dev.lifeboat.local.template.TemplateException;
import dev.lifeboat.report.Section;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Plays what was asked for. */
public final class Drills {
    private Drills() {}

    /** Makes what is played. */
    @FunctionalInterface
    private interface Making {
        Drill make(DrillData data, Checks checks, DrillResult result);
    }

    /** @return whether everything held */
    public static boolean play(DrillOptions options, Console console) {
        return play(options, console, (data, checks, result) -> drill(options, data, console, checks, result));
    }

    /**
     * As {@link #play(DrillOptions, Console)}, of scenario application.
     *
     * @param fault what is wrong with the deployment
     */
    public static boolean play(DrillOptions options, ApplicationFault fault, Console console) {
        return play(
                options,
                console,
                (data, checks, result) -> new ApplicationDrill(options, fault, data, console, checks, result));
    }

    /**
     * As {@link #play(DrillOptions, Console)}, of scenario cluster.
     *
     * @param loss what of it is lost
     * @param eksSpeed how much faster than in the cloud EKS, CloudFormation and EBS are, 1 or more
     * @param inPlace whether the lost cluster goes first, and the new one gets its name
     * @param retire whether the old cluster's days are over in the end
     */
    public static boolean play(
            DrillOptions options, ClusterLoss loss, double eksSpeed, boolean inPlace, boolean retire, Console console) {
        var cluster = new ClusterDrill.ClusterOptions(loss, eksSpeed, inPlace, retire);
        return play(
                options,
                console,
                (data, checks, result) -> new ClusterDrill(options, cluster, data, console, checks, result));
    }

    private static boolean play(DrillOptions options, Console console, Making making) {
        Checks checks = new Checks(console);
        DrillData data = options.dump() == null ? new ApplicationData(options.rows()) : new UserDump(options.dump());
        DrillResult result = new DrillResult(options.output());
        try (console) {
            Drill drill = making.make(data, checks, result);
            console.say("drill with " + data.describe() + "; schedules, alarm periods and waits run "
                    + (options.speed() == 1 ? "as deployed" : options.speed() + " times as fast as deployed"));
            try {
                drill.play();
            } catch (DrillFailure | TemplateException e) {
                checks.check("the drill came to its end", false, e.getMessage());
                result.write(null, List.of(new Section("Checks of the drill", checks.rows())));
            } catch (RuntimeException e) {
                checks.check("the drill came to its end", false, e + " (see logs/failure.txt)");
                result.write(null, List.of(new Section("Checks of the drill", checks.rows())));
                result.keep("logs/failure.txt", stackTrace(e));
            }
            return conclude(console, checks, result);
        }
    }

    private static byte[] stackTrace(RuntimeException failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Drill drill(
            DrillOptions options, DrillData data, Console console, Checks checks, DrillResult result) {
        if (options.killCampaign() > 0) {
            return new KillCampaign(options, data, console, checks, result);
        }
        return switch (options.scenario()) {
            case DATABASE -> new DatabaseDrill(options, data, console, checks, result);
            case VOLUME, DIRECTORY -> new VolumeDrill(options, data, console, checks, result);
            case CORRUPTION -> new CorruptionDrill(options, data, console, checks, result);
            case INTEGRITY -> new IntegrityDrill(options, data, console, checks, result);
            case MONTHLY -> new MonthlyDrill(options, data, console, checks, result);
            case APPLICATION, CLUSTER ->
                throw new IllegalStateException("It has options of its own, and is made elsewhere");
        };
    }

    private static boolean conclude(Console console, Checks checks, DrillResult result) {
        List<Section.Row> failed = checks.failed();
        console.running("");
        console.print("");
        if (failed.isEmpty() && !checks.rows().isEmpty()) {
            console.print("  ALL HELD: " + checks.rows().size() + " checks.");
        } else {
            console.print(
                    "  NOT HELD: " + failed.size() + " of " + checks.rows().size() + " checks:");
            failed.forEach(row -> console.print("  - " + row.name() + ": " + row.value()));
        }
        console.print("  " + result.describe());
        return failed.isEmpty() && !checks.rows().isEmpty();
    }
}
