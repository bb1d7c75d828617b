package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.template.Arns;
import dev.lifeboat.local.template.StackTemplate;
import dev.lifeboat.local.template.TemplateException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * CloudFormation's stacks: created resource by resource in the order in which they need each other, rolled back when one fails, and
 * deleted. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-stack-status-codes">Stack
 *     status codes</a>
 */
final class Stacks implements AutoCloseable {
    private final List<ResourceKind> kinds;
    private final Clock clock;
    private final Pace pace;
    private final List<Stack> stacks = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "CloudFormation");
        thread.setDaemon(true);
        return thread;
    });

    /** @param kinds the first that plays a type counts */
    Stacks(List<ResourceKind> kinds, Clock clock, Pace pace) {
        this.kinds = List.copyOf(kinds);
        this.clock = clock;
        this.pace = pace;
    }

    /**
     * Begins to create a stack, once for a token.
     *
     * @return its id
     * @throws ApiException as CloudFormation refuses
     */
    synchronized String create(StackRequest request) {
        Optional<Stack> same = stacks.stream()
                .filter(stack -> !stack.gone() && stack.name().equals(request.name()))
                .findFirst();
        if (same.isPresent()) {
            if (!request.token().isEmpty() && same.get().request.token().equals(request.token())) {
                return same.get().id;
            }
            throw ApiException.badRequest("AlreadyExistsException", "Stack [" + request.name() + "] already exists");
        }
        if (!request.token().isEmpty()
                && stacks.stream().anyMatch(stack -> stack.request.token().equals(request.token()))) {
            throw ApiException.badRequest(
                    "TokenAlreadyExistsException", "Client token [" + request.token() + "] was used for another stack");
        }
        Stack stack = begin(request, pace);
        workers.execute(() -> create(stack));
        return stack.id;
    }

    /** Creates a stack that is there from the start. */
    void createAtOnce(String name, String body, Map<String, String> parameters) {
        Stack stack = begin(
                new StackRequest(
                        name, body, parameters, Map.of(), Set.of("CAPABILITY_NAMED_IAM"), "", "DO_NOTHING", null),
                Pace.AT_ONCE);
        create(stack);
        if (!stack.status.equals("CREATE_COMPLETE")) {
            throw new TemplateException(
                    "Stack " + name + " that shall be there from the start is not: " + stack.reason + " "
                            + stack.events.stream()
                                    .filter(event -> event.status().equals("CREATE_FAILED"))
                                    .map(event -> event.logicalId() + ": " + event.reason())
                                    .toList());
        }
        stack.pace = pace;
    }

    private Stack begin(StackRequest request, Pace own) {
        String id = Arns.arn("cloudformation", "stack/" + request.name() + "/" + UUID.randomUUID());
        Stack stack = new Stack(id, request, own, clock.instant());
        StackTemplate template = template(stack);
        String needed = template.capability();
        if (!needed.isEmpty()
                && !request.capabilities().contains(needed)
                && !request.capabilities().contains("CAPABILITY_NAMED_IAM")) {
            throw ApiException.badRequest(
                    "InsufficientCapabilitiesException", "Requires capabilities : [" + needed + "]");
        }
        template.types()
                .forEach((name, type) ->
                        stack.resources.put(name, new Stack.Resource(name, type, template.deletionPolicy(name))));
        stack.turn("CREATE_IN_PROGRESS", "User Initiated", clock.instant());
        stacks.add(stack);
        return stack;
    }

    private StackTemplate template(Stack stack) {
        try {
            return StackTemplate.parse(
                    stack.request.body(), stack.request.parameters(), stack.name(), stack.id, new World(stack));
        } catch (TemplateException e) {
            throw ApiException.badRequest("ValidationError", e.getMessage());
        }
    }

    /** Newest first. */
    List<Stack> all() {
        List<Stack> newest = new ArrayList<>(stacks);
        java.util.Collections.reverse(newest);
        return newest;
    }

    /**
     * A stack by its name, which a deleted one has no more, or by its id.
     *
     * @throws ApiException when there is none
     */
    Stack find(String nameOrId) {
        return stacks.stream()
                .filter(stack -> stack.id.equals(nameOrId)
                        || (!stack.gone() && stack.name().equals(nameOrId)))
                .findFirst()
                .orElseThrow(() ->
                        ApiException.badRequest("ValidationError", "Stack with id " + nameOrId + " does not exist"));
    }

    /** Begins to delete a stack; nothing when there is none. */
    void delete(String nameOrId) {
        Stack stack;
        try {
            stack = find(nameOrId);
        } catch (ApiException e) {
            return;
        }
        synchronized (stack) {
            if (stack.deletion || stack.gone()) {
                return;
            }
            stack.deletion = true;
            stack.turn("DELETE_IN_PROGRESS", "User Initiated", clock.instant());
        }
        workers.execute(() -> {
            remove(stack);
            stack.turn("DELETE_COMPLETE", "", clock.instant());
        });
    }

    private void create(Stack stack) {
        synchronized (stack.work) {
            createAll(stack);
        }
    }

    private void createAll(Stack stack) {
        StackTemplate template = template(stack);
        Instant limit = stack.request.timeout() == null
                ? Instant.MAX
                : stack.createdAt.plus(stack.pace.of(stack.request.timeout()));
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        stack.resources.keySet().forEach(name -> needs.put(name, template.needs(name)));
        while (!stack.deletion) {
            List<String> failed = step(stack, template, needs);
            if (failed.isEmpty() && clock.instant().isAfter(limit)) {
                failed = cancel(
                        stack, "Stack creation time exceeded the specified timeout. Rollback requested by user.");
            }
            if (!failed.isEmpty()) {
                cancel(stack, "Resource creation cancelled");
                fail(stack, failed);
                return;
            }
            if (stack.resources.values().stream().allMatch(each -> each.status.equals("CREATE_COMPLETE"))) {
                complete(stack, template);
                return;
            }
            pause();
        }
    }

    /** Begins what can begin, and looks at what has begun. Returns the logical ids of what failed. */
    private List<String> step(Stack stack, StackTemplate template, Map<String, Set<String>> needs) {
        List<String> failed = new ArrayList<>();
        for (Stack.Resource resource : stack.resources.values()) {
            try {
                if (resource.status.isEmpty() && arrived(stack, needs.get(resource.logicalId))) {
                    begin(stack, resource, template);
                } else if (resource.status.equals("CREATE_IN_PROGRESS")
                        && kind(resource).ready(stack, resource)) {
                    stack.turn(resource, "CREATE_COMPLETE", "", clock.instant());
                }
            } catch (ApiException | TemplateException e) {
                stack.turn(resource, "CREATE_FAILED", explain(e), clock.instant());
                failed.add(resource.logicalId);
            } catch (RuntimeException e) {
                stack.turn(resource, "CREATE_FAILED", "Internal Failure: " + e, clock.instant());
                failed.add(resource.logicalId);
            }
        }
        return failed;
    }

    private static String explain(RuntimeException failure) {
        if (!(failure instanceof ApiException api)) {
            return failure.getMessage();
        }
        return "Resource handler returned message: \"" + api.getMessage() + "\" (HandlerErrorCode: "
                + (api.code().equals("ResourceLimitExceededException")
                        ? "ServiceLimitExceeded"
                        : api.code().equals("ResourceInUseException") ? "AlreadyExists" : api.code())
                + ")";
    }

    private static boolean arrived(Stack stack, Set<String> needs) {
        return needs.stream().allMatch(name -> stack.resources.get(name).status.equals("CREATE_COMPLETE"));
    }

    private void begin(Stack stack, Stack.Resource resource, StackTemplate template) {
        JsonNode properties = template.properties(resource.logicalId);
        stack.turn(resource, "CREATE_IN_PROGRESS", "", clock.instant());
        resource.physicalId = kind(resource).create(stack, resource, properties);
        stack.turn(resource, "CREATE_IN_PROGRESS", "Resource creation Initiated", clock.instant());
    }

    private List<String> cancel(Stack stack, String why) {
        List<String> cancelled = new ArrayList<>();
        for (Stack.Resource resource : stack.resources.values()) {
            if (resource.status.equals("CREATE_IN_PROGRESS")) {
                stack.turn(resource, "CREATE_FAILED", why, clock.instant());
                cancelled.add(resource.logicalId);
            }
        }
        return cancelled;
    }

    private void fail(Stack stack, List<String> failed) {
        String why = "The following resource(s) failed to create: " + failed + ".";
        synchronized (stack) {
            if (stack.deletion) {
                return;
            }
            switch (stack.request.onFailure()) {
                case "DO_NOTHING" -> stack.turn("CREATE_FAILED", why, clock.instant());
                case "DELETE" -> stack.turn("DELETE_IN_PROGRESS", why + " Delete requested by user.", clock.instant());
                default -> stack.turn("ROLLBACK_IN_PROGRESS", why + " Rollback requested by user.", clock.instant());
            }
        }
        if (!stack.request.onFailure().equals("DO_NOTHING")) {
            remove(stack);
            synchronized (stack) {
                if (!stack.deletion) {
                    boolean deleted = stack.request.onFailure().equals("DELETE");
                    stack.turn(deleted ? "DELETE_COMPLETE" : "ROLLBACK_COMPLETE", "", clock.instant());
                }
            }
        }
    }

    private void complete(Stack stack, StackTemplate template) {
        try {
            Map<String, StackTemplate.Output> outputs = template.outputs();
            for (StackTemplate.Output output : outputs.values()) {
                if (output.export() != null && exported(output.export()) != null) {
                    throw new TemplateException("Export with name " + output.export() + " is already exported.");
                }
            }
            synchronized (stack) {
                if (!stack.deletion) {
                    stack.outputs = outputs;
                    stack.turn("CREATE_COMPLETE", "", clock.instant());
                }
            }
        } catch (TemplateException e) {
            stack.turn(stack.resources.values().iterator().next(), "CREATE_FAILED", e.getMessage(), clock.instant());
            fail(stack, List.of(e.getMessage()));
        }
    }

    /** Deletes what there is of it, the last first. */
    private void remove(Stack stack) {
        synchronized (stack.work) {
            removeAll(stack);
        }
    }

    private void removeAll(Stack stack) {
        List<Stack.Resource> last = new ArrayList<>(stack.resources.values());
        // What needs others goes before them: the reverse of the order in which they were completed.
        last.sort(java.util.Comparator.comparing(
                (Stack.Resource resource) -> resource.at == null ? Instant.MIN : resource.at));
        java.util.Collections.reverse(last);
        for (Stack.Resource resource : last) {
            if (kept(stack, resource)) {
                stack.turn(resource, "DELETE_SKIPPED", "", clock.instant());
            } else if (!resource.physicalId.isEmpty() && !resource.status.equals("DELETE_COMPLETE")) {
                stack.turn(resource, "DELETE_IN_PROGRESS", "", clock.instant());
                kind(resource).delete(stack, resource);
                while (!kind(resource).gone(resource) && !workers.isShutdown()) {
                    pause();
                }
                stack.turn(resource, "DELETE_COMPLETE", "", clock.instant());
            }
        }
    }

    /** Source: CloudFormation User Guide, DeletionPolicy attribute. */
    private static boolean kept(Stack stack, Stack.Resource resource) {
        return !resource.physicalId.isEmpty()
                && (resource.policy.equals("Retain")
                        || (resource.policy.equals("RetainExceptOnCreate")
                                && stack.status.equals("DELETE_IN_PROGRESS")));
    }

    private ResourceKind kind(Stack.Resource resource) {
        return kinds.stream()
                .filter(kind -> kind.plays(resource.type))
                .findFirst()
                .orElseThrow();
    }

    private String exported(String name) {
        return stacks.stream()
                .flatMap(stack -> stack.outputs.values().stream())
                .filter(output -> name.equals(output.export()))
                .map(StackTemplate.Output::value)
                .findFirst()
                .orElse(null);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("CloudFormation is closed", e);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private final class World implements StackTemplate.World {
        private final Stack stack;

        World(Stack stack) {
            this.stack = stack;
        }

        @Override
        public String physicalId(String logicalId) {
            Stack.Resource resource = stack.resources.get(logicalId);
            return resource == null || resource.physicalId.isEmpty()
                    ? null
                    : kind(resource).ref(resource);
        }

        @Override
        public String attribute(String logicalId, String attribute) {
            Stack.Resource resource = stack.resources.get(logicalId);
            return resource == null || resource.physicalId.isEmpty()
                    ? null
                    : kind(resource).attribute(resource, attribute);
        }

        @Override
        public String exported(String name) {
            return Stacks.this.exported(name);
        }
    }
}
