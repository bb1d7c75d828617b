package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Probe;

/** A container that was started: a process of this machine, or a stub inside this one. */
interface RunningContainer {
    /** Whether it still runs. */
    boolean alive();

    /** As the container's process ended; 128 + n when signal n ended it. Meaningful when it is not {@link #alive}. */
    int exitCode();

    /** Asks the probe once; may block for as long as the probe's timeout. */
    boolean answers(Probe probe);

    /** Asks it to end, and makes it end when it has not within its grace; returns when it has ended. */
    void stop();

    /** Holds it, or lets it go on: it does nothing meanwhile, and answers nobody. */
    void pause(boolean paused);

    /** Ends it with SIGKILL, and all that it started. */
    void kill();
}
