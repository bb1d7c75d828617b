package dev.lifeboat.local.drill;

import dev.lifeboat.contract.recovery.Mode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What is to be played.
 *
 * @param scenario which incident or schedule
 * @param rows of the application's database, 1000 or more
 * @param dump the user's own dump in its place, may be null
 * @param corruptNewest whether a bit of the newest of two backups is flipped
 * @param killCampaign how many recoveries with a kill to play, 0 for none
 * @param seed of the kill campaign's randomness
 * @param killEverywhere whether the recovery is stopped at every Task once, and started again each time
 * @param speed how much faster schedules, alarm periods and waits run, 1 or more
 * @param mode automatic, or approve: then the drill answers as a person
 * @param parameters values of {@code template.yaml}'s parameters in place of its defaults, by name
 * @param output where reports and logs go
 */
public record DrillOptions(
        Scenario scenario,
        int rows,
        Path dump,
        boolean corruptNewest,
        int killCampaign,
        long seed,
        boolean killEverywhere,
        double speed,
        Mode mode,
        Map<String, String> parameters,
        Path output) {
    public DrillOptions {
        parameters = Map.copyOf(parameters);
    }

    /** Whether PostgreSQL archives its WAL and makes base backups, as deployed; the drills of dumps alone do without. */
    boolean archiving() {
        return switch (scenario) {
            case INTEGRITY, VOLUME, DIRECTORY, CORRUPTION -> true;
            case DATABASE, MONTHLY, APPLICATION, CLUSTER -> false;
        };
    }

    /** Whether what is lost is restored onto the volume that is there. */
    boolean inPlace() {
        return scenario == Scenario.DIRECTORY && "in-place".equals(parameters.get("PointInTimePlace"));
    }

    /** The same with a value for a parameter of {@code template.yaml}. */
    DrillOptions with(String parameter, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(parameter, value);
        return new DrillOptions(
                scenario, rows, dump, corruptNewest, killCampaign, seed, killEverywhere, speed, mode, more, output);
    }

    /** What can be played. */
    public enum Scenario {
        /** The database is lost. */
        DATABASE,
        /** The database is lost with its volume, and its WAL is archived. */
        VOLUME,
        /** The database's directory is lost, its volume is not, and its WAL is archived. */
        DIRECTORY,
        /** One transaction makes rows wrong, and its WAL is archived. */
        CORRUPTION,
        /** The weekly verification of every backup. */
        INTEGRITY,
        /** The monthly restore beside the live database. */
        MONTHLY,
        /** A bad deployment; {@link ApplicationFault} says what is wrong with it. */
        APPLICATION,
        /** The cluster is lost; {@link ClusterLoss} says what of it. */
        CLUSTER
    }
}
