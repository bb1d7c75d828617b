package dev.lifeboat.report;

import dev.lifeboat.contract.Require;

/**
 * A Deployment after its restart.
 *
 * @param name its name
 * @param ready pods of the newest template that are available
 * @param desired pods wanted
 * @param complete whether its rollout is
 * @param reason how it is
 */
public record Application(String name, int ready, int desired, boolean complete, String reason) {
    public Application {
        Require.text("application.name", name);
    }
}
