package dev.lifeboat.local.aws;

import dev.lifeboat.local.template.StackTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stack as it is now, and all that happened to it. Guarded by itself. */
final class Stack {
    final String id;
    final StackRequest request;
    /** What exists from the start took no time to come, and takes as long as any other to go. */
    volatile Pace pace;

    final Instant createdAt;
    final Map<String, Resource> resources = new LinkedHashMap<>();
    final List<Event> events = new ArrayList<>();
    Map<String, StackTemplate.Output> outputs = Map.of();
    volatile String status = "CREATE_IN_PROGRESS";
    String reason = "";
    Instant deletedAt;
    /** Set by a request to delete: whoever creates stops. */
    volatile boolean deletion;
    /** Held by whoever creates or deletes resources of it: a deletion waits until the creation has stopped. */
    final Object work = new Object();

    /** A resource of the stack. */
    static final class Resource {
        final String logicalId;
        final String type;
        /** Its DeletionPolicy. */
        final String policy;

        volatile String physicalId = "";
        volatile String status = "";
        String reason = "";
        Instant at;

        Resource(String logicalId, String type, String policy) {
            this.logicalId = logicalId;
            this.type = type;
            this.policy = policy;
        }
    }

    /**
     * Something that happened in it.
     *
     * @param id unique
     * @param at when
     * @param logicalId of the resource, or the stack's name
     * @param physicalId may be empty
     * @param type such as {@code AWS::EKS::Cluster}
     * @param status such as {@code CREATE_FAILED}
     * @param reason may be empty
     */
    record Event(
            String id, Instant at, String logicalId, String physicalId, String type, String status, String reason) {}

    Stack(String id, StackRequest request, Pace pace, Instant createdAt) {
        this.id = id;
        this.request = request;
        this.pace = pace;
        this.createdAt = createdAt;
    }

    String name() {
        return request.name();
    }

    synchronized void turn(String to, String why, Instant now) {
        status = to;
        reason = why;
        event(name(), id, "AWS::CloudFormation::Stack", to, why, now);
        if (to.equals("DELETE_COMPLETE")) {
            deletedAt = now;
        }
    }

    synchronized void turn(Resource resource, String to, String why, Instant now) {
        resource.status = to;
        resource.reason = why;
        resource.at = now;
        event(resource.logicalId, resource.physicalId, resource.type, to, why, now);
    }

    private void event(String logicalId, String physicalId, String type, String to, String why, Instant now) {
        events.add(new Event(
                logicalId + "-" + to + "-" + now.toEpochMilli() + "-" + events.size(),
                now,
                logicalId,
                physicalId,
                type,
                to,
                why));
    }

    synchronized boolean gone() {
        return status.equals("DELETE_COMPLETE");
    }
}
