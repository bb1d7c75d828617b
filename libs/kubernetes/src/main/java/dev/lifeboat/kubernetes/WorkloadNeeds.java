package dev.lifeboat.kubernetes;

import java.util.List;
import java.util.Map;

/**
 * What the pods of a workload cannot start without.
 *
 * @param kind {@code Deployment}, {@code StatefulSet} or {@code CronJob}
 * @param name the workload's
 * @param images by the container's name, those of init containers too
 * @param needs the ConfigMaps and Secrets that its pod template names, without those that are optional
 */
public record WorkloadNeeds(String kind, String name, Map<String, String> images, List<Need> needs) {
    /**
     * A ConfigMap or a Secret, or one value of it.
     *
     * @param kind {@code ConfigMap} or {@code Secret}
     * @param name its name
     * @param key of the value; null for all that it has
     */
    public record Need(String kind, String name, String key) {
        @Override
        public String toString() {
            return kind + "/" + name + (key == null ? "" : " key " + key);
        }
    }

    public WorkloadNeeds {
        images = Map.copyOf(images);
        needs = List.copyOf(needs);
    }
}
