package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;

/** Starts containers of pods. */
interface ContainerStarter {
    /**
     * @param pod with its address in its status
     * @throws ApiFault when the container can't be created: a missing Secret, volume or command
     */
    RunningContainer start(Pod pod, Container container);
}
