package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;

/** How CloudFormation brings about resources of some types. */
interface ResourceKind {
    boolean plays(String type);

    /**
     * Begins to create one.
     *
     * @return its physical id
     * @throws ApiException as the service refuses
     */
    String create(Stack stack, Stack.Resource resource, JsonNode properties);

    /**
     * Whether it has come up.
     *
     * @throws ApiException when it never will
     */
    boolean ready(Stack stack, Stack.Resource resource);

    /** What {@code Ref} gives. */
    default String ref(Stack.Resource resource) {
        return resource.physicalId;
    }

    /** What {@code GetAtt} gives; null when it has no such attribute. */
    String attribute(Stack.Resource resource, String name);

    /** Begins to delete it; nothing when there is none. */
    void delete(Stack stack, Stack.Resource resource);

    /** Whether it is gone. */
    boolean gone(Stack.Resource resource);
}
