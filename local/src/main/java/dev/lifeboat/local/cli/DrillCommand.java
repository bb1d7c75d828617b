package dev.lifeboat.local.cli;

import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.local.drill.ApplicationFault;
import dev.lifeboat.local.drill.ClusterLoss;
import dev.lifeboat.local.drill.Console;
import dev.lifeboat.local.drill.DrillOptions;
import dev.lifeboat.local.drill.Drills;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lifeboat drill}: loses a database on purpose and watches it come back. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a lost database from beginning to end on this machine, with a real PostgreSQL and the built"
                    + " functions.",
            "",
            "It makes an application's database, backs it up with scripts/aws/backup-postgres.sh, keeps writing, kills "
                    + "PostgreSQL with its data directory, and watches the probe, the alarm and the state machine of "
                    + "template.yaml bring it back. Then it compares everything with what it wrote down before.",
            "Exit codes: 0 all held, 1 something did not hold (it says what), 2 the command line is wrong, 3 it could"
                    + " not be tried."
        })
final class DrillCommand implements Callable<Integer> {
    private static final double DEFAULT_EKS_SPEED = 15;
    private static final double FASTEST_EKS = 100;
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "database",
            description =
                    "database: the database is lost (default). integrity: the weekly verification of every backup. "
                            + "corruption: one transaction makes rows wrong. "
                            + "monthly: the monthly restore beside the live database. "
                            + "application: a bad deployment. cluster: the cluster is lost.")
    private DrillOptions.Scenario scenario;

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            description =
                    "What is wrong with the deployment of --scenario application: bad-image (default), crash-loop,"
                            + " both (Deployments together, with a killed step and a second alarm), paused, gitops,"
                            + " hung-database (nothing is deployed, and the recovery of the database has to take over).")
    private String fault;

    @Option(
            names = "--lose",
            paramLabel = "WHAT",
            description =
                    "What is lost. In --scenario database: data (default), which come back from the newest dump; or, while WAL is "
                            + "archived, volume, or directory, which leaves the volume (and takes --parameter PointInTimePlace=in-place, "
                            + "too): the data come back to the last archived moment. In --scenario cluster: control-plane (pods run on, "
                            + "unreachable), nodes (all of them), everything (EKS does not know it any more, and its volumes are gone; default).")
    private String lose;

    @Option(
            names = "--eks-speed",
            paramLabel = "N",
            description =
                    "How much faster than in the cloud EKS, CloudFormation and EBS are in --scenario cluster, --speed or more and at most "
                            + "100 (default: 15, which makes a minute of EKS' quarter of an hour). The report holds the budget against the full length.")
    private Double eksSpeed;

    @Option(
            names = "--in-place",
            description =
                    "In --scenario cluster: the lost cluster is deleted first, and the new one gets its name (RebuildPlacement=in-place).")
    private boolean inPlace;

    @Option(
            names = "--retire",
            description =
                    "In --scenario cluster: when the new cluster has taken over, the old one's days are over (RetireAfterDays); it is deleted, "
                            + "and not before the new one is healthy.")
    private boolean retire;

    @Option(
            names = "--kill-everywhere",
            description =
                    "In --scenario cluster, corruption, and database with --lose directory or volume: stop the recovery at every Task once, "
                            + "and start it again each time.")
    private boolean killEverywhere;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "300000",
            description = "Rows of the application's database, 1000 or more (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--dump",
            paramLabel = "FILE",
            description = "Play it with your own dump (custom format, or plain SQL) in place of the application's.")
    private Path dump;

    @Option(
            names = "--corrupt-newest",
            description = "Flip a bit in the newest of two backups: the recovery has to fall back to the older one.")
    private boolean corruptNewest;

    @Option(
            names = "--kill-campaign",
            paramLabel = "N",
            description = "Play N recoveries, each with a kill -9 of a function's process at a random instant.")
    private Integer killCampaign;

    @Option(names = "--seed", paramLabel = "N", description = "The kill campaign's random seed, to play it again.")
    private Long seed;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "automatic",
            description =
                    "automatic (default), or approve: the recovery asks before it repairs, and the drill answers as a "
                            + "person does, by the command of the notification.")
    private Mode mode;

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "A value for a parameter of template.yaml, as you deploy it; may be given several times. The "
                    + "drill itself sets HealthUrls, ProbeQuery and Mode.")
    private Map<String, String> parameters = new TreeMap<>();

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How much faster schedules, alarm periods and waits run: 10 makes a minute six seconds "
                    + "(default: ${DEFAULT-VALUE}, as deployed).")
    private double speed;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Where report.json, report.html and the logs go (default: target/drill/<time>).")
    private Path output;

    @Option(names = "--plain", description = "Plain lines in place of live progress, also on a terminal.")
    private boolean plain;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        if (inPlace) {
            parameters.put("RebuildPlacement", "in-place");
        }
        if (retire) {
            parameters.put("RetireAfterDays", "7");
        }
        DrillOptions options = new DrillOptions(
                played(),
                rows,
                dump == null ? null : dump.toAbsolutePath(),
                corruptNewest,
                killCampaign == null ? 0 : killCampaign,
                seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed,
                killEverywhere,
                speed,
                mode,
                parameters,
                (output == null ? defaultOutput() : output).toAbsolutePath());
        // Set by the launcher, which can ask the terminal; the JVM can't, on every version.
        boolean live = !plain && Boolean.getBoolean("lifeboat.terminal");
        Console console = new Console(spec.commandLine().getOut(), live);
        Thread hook = new Thread(console::interrupted, "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean held = play(options, console);
        Lifeboat.forget(hook);
        return held ? 0 : Lifeboat.FAILED;
    }

    private boolean play(DrillOptions options, Console console) {
        return switch (scenario) {
            case APPLICATION -> Drills.play(options, fault == null ? ApplicationFault.BAD_IMAGE : fault(), console);
            case CLUSTER -> Drills.play(options, loss(), eksSpeed(), inPlace, retire, console);
            case DATABASE, VOLUME, DIRECTORY, CORRUPTION, INTEGRITY, MONTHLY -> Drills.play(options, console);
        };
    }

    private DrillOptions.Scenario played() {
        if (!losesFiles()) {
            return scenario;
        }
        return lose.equals("volume") ? DrillOptions.Scenario.VOLUME : DrillOptions.Scenario.DIRECTORY;
    }

    private boolean losesFiles() {
        return scenario == DrillOptions.Scenario.DATABASE && ("volume".equals(lose) || "directory".equals(lose));
    }

    private ClusterLoss loss() {
        return lose == null ? ClusterLoss.EVERYTHING : ClusterLoss.of(lose).orElseThrow();
    }

    private double eksSpeed() {
        return eksSpeed == null ? Math.max(DEFAULT_EKS_SPEED, speed) : eksSpeed;
    }

    private void check() {
        require(rows >= 1000, "--rows must be 1000 or more");
        require(speed >= 1 && speed <= 60, "--speed must be from 1 to 60");
        require(killCampaign == null || killCampaign >= 1, "--kill-campaign must be 1 or more");
        boolean database = scenario == DrillOptions.Scenario.DATABASE;
        require(
                fault == null || scenario == DrillOptions.Scenario.APPLICATION,
                "--fault goes with --scenario application alone");
        require(
                fault == null || ApplicationFault.of(fault).isPresent(),
                "--fault must be one of " + ApplicationFault.all());
        require(
                !database || lose == null || lose.equals("data") || losesFiles(),
                "--lose must be data, directory or volume in --scenario database");
        require(
                !losesFiles() || (!corruptNewest && killCampaign == null && mode == Mode.AUTOMATIC),
                "--lose directory and --lose volume go without --corrupt-newest, --kill-campaign and --mode approve");
        boolean cluster = scenario == DrillOptions.Scenario.CLUSTER;
        require(cluster || eksSpeed == null, "--eks-speed goes with --scenario cluster alone");
        require(cluster || !inPlace, "--in-place goes with --scenario cluster alone");
        require(cluster || !retire, "--retire goes with --scenario cluster alone");
        require(!inPlace || !retire, "--in-place leaves no old cluster to --retire");
        require(
                !killEverywhere || cluster || losesFiles() || scenario == DrillOptions.Scenario.CORRUPTION,
                "--kill-everywhere goes with --scenario cluster or corruption, or with --lose directory or volume, alone");
        require(!killEverywhere || mode == Mode.AUTOMATIC, "--kill-everywhere goes without --mode approve");
        require(cluster || database || lose == null, "--lose goes with --scenario database or cluster alone");
        require(
                !cluster || lose == null || ClusterLoss.of(lose).isPresent(),
                "--lose must be one of " + ClusterLoss.all() + " in --scenario cluster");
        require(
                eksSpeed == null || (eksSpeed >= speed && eksSpeed <= FASTEST_EKS),
                "--eks-speed must be from " + speed + " (--speed) to " + FASTEST_EKS);
        require(database || !corruptNewest, "--corrupt-newest goes with --scenario database alone");
        require(database || killCampaign == null, "--kill-campaign goes with --scenario database alone");
        require(killCampaign == null || !corruptNewest, "--kill-campaign and --corrupt-newest exclude each other");
        require(mode != Mode.OBSERVE, "--mode must be automatic or approve: in mode observe nothing comes back");
        require(
                mode == Mode.AUTOMATIC
                        || scenario == DrillOptions.Scenario.CORRUPTION
                        || (database && killCampaign == null),
                "--mode approve goes with --scenario database or corruption alone, without --kill-campaign");
        require(
                dump == null || scenario != DrillOptions.Scenario.CORRUPTION,
                "--dump does not go with --scenario corruption, which knows what to make wrong in the application's data alone");
        if (dump != null) {
            DumpArgument.require(dump);
        }
    }

    private ApplicationFault fault() {
        return ApplicationFault.of(fault).orElseThrow();
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private static Path defaultOutput() {
        String root = System.getProperty("lifeboat.root", ".");
        return Path.of(root, "target", "drill", FOLDER.format(LocalDateTime.now(ZoneOffset.UTC)));
    }
}
