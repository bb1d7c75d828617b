package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Instances of PostgreSQL beside each other. The live one is the StatefulSet whose pods the Service's selector finds; another one is a copy
 * of it under a name and a label of its own, which the Service does not lead to before it takes over. Each write carries the
 * resourceVersion at which the fencing token was compared.
 */
public final class PostgresInstances {
    /** On the pods of an instance that was made beside another: its name. */
    public static final String INSTANCE = "lifeboat.dev/instance";
    /** On such an instance: the StatefulSet that it is a copy of. */
    public static final String BESIDE = "lifeboat.dev/beside-of";
    /** On an instance that another one took the place of: the incident. */
    public static final String QUARANTINE = "lifeboat.dev/quarantine";
    /** In the environment of PostgreSQL's container: the instance does not start any more. */
    public static final String QUARANTINED_BY = "QUARANTINED_BY";
    /** On an instance that was promoted, the incident: it may hold what no other one does, and is never deleted. */
    private static final String PROMOTED = "lifeboat.dev/promoted";
    /** On a Service that was led to another instance: what is needed to lead it back. */
    private static final String LED_FROM = "lifeboat.dev/led-from";

    /** In the environment of PostgreSQL's container: what a step of a restore starts from; {@code delta} is in place. */
    private static final String RESTORE_FROM = "RESTORE_FROM";

    private static final String IN_PLACE = "delta";

    private static final String REPLICAS = "lifeboat.dev/replicas-before";

    /** What a StatefulSet's copy does not take over: they say how somebody else wrote the original. */
    private static final Set<String> OF_WRITERS =
            Set.of("kubectl.kubernetes.io/last-applied-configuration", "kubectl.kubernetes.io/restartedAt");

    private final String cluster;
    private final KubernetesClient client;
    private final KubernetesFaults faults;

    PostgresInstances(String cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
        this.faults = new KubernetesFaults(cluster);
    }

    /**
     * How a Service was led before.
     *
     * @param incident for which it was led elsewhere
     * @param selector as it was
     * @param statefulSet that it found
     */
    record LedFrom(String incident, Map<String, String> selector, String statefulSet) {}

    /**
     * The StatefulSet behind a Service.
     *
     * @throws KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when there is no such Service, or it leads to no StatefulSet
     */
    public String live(String namespace, String service) {
        return live(service(namespace, service)).getMetadata().getName();
    }

    /**
     * Makes an instance beside the live one; or, when it is there with another environment, writes that down and deletes its pod, so that
     * the next one has it. The same call again changes nothing. The live one is always there.
     *
     * @param environment of PostgreSQL's container, in place of all {@code prefixed} that it has now
     * @param prefixed what the names begin with that are taken away first
     * @param fence of the recovery that it is made for
     * @return its state afterwards
     * @throws FencedOffException when a newer recovery of the same target wrote to it
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed it meanwhile
     * @throws MisconfiguredException when there is nothing to make a copy of, or it may not be made
     */
    public InstanceState ensureBeside(
            String namespace,
            String service,
            String name,
            Map<String, String> environment,
            List<String> prefixed,
            Fence fence) {
        Optional<StatefulSet> there = find(namespace, name);
        if (there.isEmpty()) {
            Service found = service(namespace, service);
            create(copy(live(found), found, name, environment, prefixed, fence));
        } else {
            fence.compare(cluster, there.get());
            if (!values(container(there.get())).entrySet().containsAll(environment.entrySet())
                    || values(container(there.get())).keySet().stream()
                            .anyMatch(key ->
                                    prefixed.stream().anyMatch(key::startsWith) && !environment.containsKey(key))) {
                write(there.get(), fence, set -> environment(container(set), environment, prefixed));
            }
        }
        InstanceState state = state(namespace, name)
                .orElseThrow(
                        () -> faults.missing("StatefulSet " + namespace + "/" + name, "Start the recovery again."));
        replaceOldPod(namespace, state, environment, fence);
        return state(namespace, name).orElse(state);
    }

    private void replaceOldPod(String namespace, InstanceState state, Map<String, String> environment, Fence fence) {
        boolean old = state.pod() != null
                && !state.pod().terminating()
                && !state.actual().entrySet().containsAll(environment.entrySet());
        if (old) {
            new PostgresPods(cluster, client)
                    .deletePod(namespace, state.pod().name(), state.pod().uid(), fence);
        }
    }

    private void create(StatefulSet copy) {
        String what = "create StatefulSet " + copy.getMetadata().getNamespace() + "/"
                + copy.getMetadata().getName();
        faults.translating(what, () -> {
            try {
                return client.resource(copy).create();
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                    return copy; // a twin was faster
                }
                throw e;
            }
        });
    }

    private StatefulSet copy(
            StatefulSet live,
            Service service,
            String name,
            Map<String, String> environment,
            List<String> prefixed,
            Fence fence) {
        Map<String, String> instance = Map.of(INSTANCE, name);
        Map<String, String> labels = new TreeMap<>(orEmpty(live.getMetadata().getLabels()));
        labels.remove(QUARANTINE);
        labels.put(INSTANCE, name);
        labels.put(BESIDE, live.getMetadata().getName());
        Map<String, String> podLabels =
                new TreeMap<>(orEmpty(live.getSpec().getTemplate().getMetadata().getLabels()));
        podLabels.keySet().removeAll(service.getSpec().getSelector().keySet());
        podLabels.putAll(instance);
        Map<String, String> podAnnotations =
                new TreeMap<>(orEmpty(live.getSpec().getTemplate().getMetadata().getAnnotations()));
        podAnnotations.keySet().removeAll(OF_WRITERS);
        StatefulSet copy = new StatefulSetBuilder(live)
                .withNewMetadata()
                .withNamespace(live.getMetadata().getNamespace())
                .withName(name)
                .withLabels(labels)
                .withAnnotations(fence.annotations())
                .endMetadata()
                .editSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(instance)
                .endSelector()
                // Its pod is replaced when a recovery says so, and not because its environment was tidied up.
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .editTemplate()
                .editMetadata()
                .withLabels(podLabels)
                .withAnnotations(podAnnotations)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .withStatus(null)
                .build();
        environment(container(copy), environment, prefixed);
        return copy;
    }

    /**
     * The state of an instance.
     *
     * @return empty when there is no such StatefulSet
     * @throws KubernetesUnavailableException when the API does not answer
     */
    public Optional<InstanceState> state(String namespace, String name) {
        return find(namespace, name).map(set -> {
            Pod pod = faults.translating(
                    "read pod " + namespace + "/" + name + "-0",
                    () -> client.pods()
                            .inNamespace(namespace)
                            .withName(name + "-0")
                            .get());
            Map<String, String> wanted = values(container(set));
            if (pod == null) {
                return new InstanceState(name, wanted, Map.of(), null, null);
            }
            Container container = named(pod.getSpec(), container(set).getName());
            return new InstanceState(
                    name,
                    wanted,
                    values(container),
                    PodStates.of(pod),
                    endpoint(pod, container).orElse(null));
        });
    }

    private static Optional<PostgresEndpoint> endpoint(Pod pod, Container container) {
        String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        if (ip == null || ip.isBlank() || pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        int port = container.getPorts().stream()
                .map(each -> each.getContainerPort())
                .findFirst()
                .orElse(5432);
        return Optional.of(new PostgresEndpoint(
                ip, port, pod.getMetadata().getName(), pod.getMetadata().getUid()));
    }

    /**
     * Notes that an instance is about to take writes: it is never deleted from then on.
     *
     * @throws FencedOffException when a newer recovery of the same target wrote to it
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed it meanwhile
     */
    public void notePromotion(String namespace, String name, String incident, Fence fence) {
        StatefulSet set = require(namespace, name);
        fence.compare(cluster, set);
        if (!incident.equals(orEmpty(set.getMetadata().getAnnotations()).get(PROMOTED))) {
            write(set, fence, changed -> changed.getMetadata().getAnnotations().put(PROMOTED, incident));
        }
    }

    /** Whether the recovery itself, and not an earlier one of its incident, has noted the instance's promotion and written to it last. */
    public boolean isPromotedBy(String namespace, String name, String incident, Fence fence) {
        return find(namespace, name)
                .filter(set -> incident.equals(promoted(set)) && fence.isOn(set))
                .isPresent();
    }

    /**
     * Leads a Service to an instance, and keeps what it led to. What the instance's next pod starts with is tidied up first, and its pod
     * stays as it is; of one that was live all along, its controller may replace it.
     *
     * @param prefixed what the names of PostgreSQL's environment begin with that are taken away
     * @throws FencedOffException when a newer recovery of the same target wrote to one of them
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed one meanwhile
     * @throws MisconfiguredException when one of them does not exist
     */
    public TakenOver takeOver(
            String namespace, String service, String name, List<String> prefixed, String incident, Fence fence) {
        StatefulSet set = require(namespace, name);
        fence.compare(cluster, set);
        Service found = service(namespace, service);
        fence.compare(cluster, found);
        Map<String, String> selector = found.getSpec().getSelector();
        Map<String, String> instance = Map.of(INSTANCE, name);
        if (values(container(set)).keySet().stream()
                .anyMatch(key -> prefixed.stream().anyMatch(key::startsWith))) {
            write(set, fence, changed -> environment(container(changed), Map.of(), prefixed));
        }
        if (isLive(found, set)) {
            return new TakenOver(before(found, set), name, incident(found, set), false);
        }
        String before = live(found).getMetadata().getName();
        LedFrom from = new LedFrom(incident, selector, before);
        write(found, fence, changed -> {
            changed.getMetadata().getAnnotations().put(LED_FROM, Json.compact(from));
            changed.getSpec().setSelector(instance);
        });
        return new TakenOver(before, name, incident, true);
    }

    /**
     * The last take-over behind a Service: what was put in place, and whether what it took the place of is out of use.
     *
     * @return empty when the Service leads to no StatefulSet, or to one that was neither made beside another nor restored in place, and is
     *     not being so
     * @throws KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when there is no such Service
     */
    public Optional<LastTakeOver> lastTakeOver(String namespace, String service) {
        Service found = service(namespace, service);
        List<StatefulSet> sets = all(namespace);
        return sets.stream()
                .filter(set -> isLive(found, set) && (isBeside(set) || promoted(set) != null || isBeingRestored(set)))
                .findFirst()
                .map(live -> new LastTakeOver(
                        live.getMetadata().getName(),
                        before(found, live),
                        incident(found, live),
                        isInPlace(found, live),
                        isBeingRestored(live),
                        former(live, sets).stream().anyMatch(PostgresInstances::isInUse)));
    }

    /** Where the Service led to before it led to an instance; by the instance itself when the Service's note does not say it. */
    private static String before(Service service, StatefulSet live) {
        return isInPlace(service, live)
                ? null
                : ledTo(service, live)
                        .map(LedFrom::statefulSet)
                        .orElse(orEmpty(live.getMetadata().getLabels()).get(BESIDE));
    }

    private static String incident(Service service, StatefulSet live) {
        return Optional.ofNullable(promoted(live))
                .orElse(ledTo(service, live).map(LedFrom::incident).orElse(null));
    }

    private static String promoted(StatefulSet set) {
        return orEmpty(set.getMetadata().getAnnotations()).get(PROMOTED);
    }

    private static boolean isBeingRestored(StatefulSet set) {
        return IN_PLACE.equals(values(container(set)).get(RESTORE_FROM));
    }

    /** Whether an instance was live already when its data were brought to a point: the Service was not led to it for that. */
    private static boolean isInPlace(Service service, StatefulSet live) {
        String promoted = promoted(live);
        return promoted != null
                && (!isBeside(live)
                        || ledTo(service, live)
                                .filter(led -> !led.incident().equals(promoted))
                                .isPresent());
    }

    /** The note of the take-over that led to an instance. After an undo the note is of one that led away from it. */
    private static Optional<LedFrom> ledTo(Service service, StatefulSet live) {
        return ledFrom(service)
                .filter(led -> !led.statefulSet().equals(live.getMetadata().getName()));
    }

    /** What the live instance is a copy of, what that one is a copy of, and so on: each of them was live once. */
    private static List<StatefulSet> former(StatefulSet live, List<StatefulSet> sets) {
        Map<String, StatefulSet> left =
                sets.stream().collect(Collectors.toMap(set -> set.getMetadata().getName(), set -> set));
        List<StatefulSet> former = new ArrayList<>();
        for (StatefulSet set = live; set != null; ) {
            left.remove(set.getMetadata().getName()); // a circle of labels ends here
            set = left.get(orEmpty(set.getMetadata().getLabels()).getOrDefault(BESIDE, ""));
            if (set != null) {
                former.add(set);
            }
        }
        return former;
    }

    private static boolean isBeside(StatefulSet set) {
        return orEmpty(set.getMetadata().getLabels()).containsKey(BESIDE);
    }

    private static boolean isInUse(StatefulSet set) {
        return replicas(set) > 0 && !orEmpty(set.getMetadata().getLabels()).containsKey(QUARANTINE);
    }

    /**
     * Takes an instance out of use that another one took the place of, and whatever it took the place of itself, should a recovery have
     * died before it did. They are kept as they are: no pod of them runs, and one that is made all the same does not start.
     *
     * @param name of the one; null when the live one took its own place, so that only those before it may be in use
     * @return the names of all that are out of use for this incident, the newest first
     * @throws FencedOffException when a newer recovery of the same target wrote to one
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed one meanwhile
     * @throws MisconfiguredException when it does not exist, or the Service leads to it
     */
    public List<String> quarantine(String namespace, String service, String name, String incident, Fence fence) {
        Service found = service(namespace, service);
        Optional<StatefulSet> named = Optional.ofNullable(name).map(known -> require(namespace, known));
        named.ifPresent(set -> fence.compare(cluster, set));
        if (named.filter(set -> isLive(found, set)).isPresent()) {
            throw new MisconfiguredException(
                    "StatefulSet " + namespace + "/" + name + " is what Service " + service + " leads to in cluster "
                            + cluster + ": it is not taken out of use.",
                    "Lead the Service elsewhere first.");
        }
        named.ifPresent(set -> takeOutOfUse(set, incident, fence));
        List<StatefulSet> former = former(live(found), all(namespace));
        for (StatefulSet set : former) {
            if (isInUse(set)) {
                takeOutOfUse(set, incident, fence);
            }
        }
        return former.stream()
                .filter(set -> label(incident)
                        .equals(orEmpty(set.getMetadata().getLabels()).get(QUARANTINE)))
                .map(set -> set.getMetadata().getName())
                .toList();
    }

    private void takeOutOfUse(StatefulSet set, String incident, Fence fence) {
        fence.compare(cluster, set);
        if (orEmpty(set.getMetadata().getLabels()).containsKey(QUARANTINE)) {
            return;
        }
        write(set, fence, changed -> {
            changed.getMetadata().getAnnotations().put(REPLICAS, Integer.toString(replicas(changed)));
            changed.getMetadata().getLabels().put(QUARANTINE, label(incident));
            changed.getSpec().setReplicas(0);
            environment(container(changed), Map.of(QUARANTINED_BY, incident), List.of(QUARANTINED_BY));
        });
    }

    /** Brings an instance back that was taken out of use. */
    private void release(String namespace, String name, Fence fence) {
        StatefulSet set = require(namespace, name);
        fence.compare(cluster, set);
        if (!orEmpty(set.getMetadata().getLabels()).containsKey(QUARANTINE)) {
            return;
        }
        write(set, fence, changed -> {
            String before = changed.getMetadata().getAnnotations().remove(REPLICAS);
            changed.getMetadata().getLabels().remove(QUARANTINE);
            changed.getSpec().setReplicas(before == null ? 1 : Integer.parseInt(before));
            environment(container(changed), Map.of(), List.of(QUARANTINED_BY));
        });
    }

    /**
     * Brings back what the live instance held before an incident restored it in place, by a step that its next pod takes.
     *
     * @param environment of PostgreSQL's container, in place of all {@code prefixed} that it has now
     * @param prefixed what the names begin with that are taken away first
     * @return its name; empty when that incident restored nothing in place
     * @throws FencedOffException when a newer recovery of the same target wrote to it
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed it meanwhile
     * @throws MisconfiguredException when there is no such Service, or it leads to no StatefulSet
     */
    public Optional<String> undoInPlace(
            String namespace,
            String service,
            Map<String, String> environment,
            List<String> prefixed,
            String incident,
            Fence fence) {
        Service found = service(namespace, service);
        StatefulSet live = live(found);
        String name = live.getMetadata().getName();
        if (!isInPlace(found, live) || !incident.equals(promoted(live))) {
            return Optional.empty();
        }
        ensureBeside(namespace, service, name, environment, prefixed, fence);
        // Last: without it nobody would know that this is to be gone on with.
        write(
                require(namespace, name),
                fence,
                changed -> changed.getMetadata().getAnnotations().remove(PROMOTED));
        return Optional.of(name);
    }

    /**
     * Leads a Service back to the instance that it led to before an incident's take-over, and takes the other one out of use. Called again
     * after a death half-way it goes on.
     *
     * @throws FencedOffException when a newer recovery of the same target wrote to one of them
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed one meanwhile
     * @throws MisconfiguredException when the Service was not led elsewhere for that incident
     */
    public TakenOver undo(String namespace, String service, String incident, Fence fence) {
        Service found = service(namespace, service);
        fence.compare(cluster, found);
        LedFrom from = ledFrom(found)
                .filter(led -> led.incident().equals(incident))
                .orElseThrow(() -> new MisconfiguredException(
                        "Service " + namespace + "/" + service + " in cluster " + cluster
                                + " was not led to another instance in incident " + incident + ".",
                        "'kubectl get service -n " + namespace + " " + service + " -o yaml' says in annotation "
                                + LED_FROM + " for which it was."));
        boolean changed = !found.getSpec().getSelector().equals(from.selector());
        String replaced = changed ? live(found).getMetadata().getName() : null;
        if (changed) {
            write(found, fence, service1 -> service1.getSpec().setSelector(from.selector()));
        }
        // The one that is left first: two that take writes at once would be two truths.
        for (StatefulSet set : all(namespace)) {
            boolean other = !set.getMetadata().getName().equals(from.statefulSet())
                    && (set.getMetadata().getName().equals(replaced)
                            || incident.equals(
                                    orEmpty(set.getMetadata().getAnnotations()).get(PROMOTED)));
            if (other) {
                takeOutOfUse(set, incident, fence);
            }
        }
        release(namespace, from.statefulSet(), fence);
        return new TakenOver(replaced, from.statefulSet(), incident, changed);
    }

    /**
     * Deletes instances that recoveries have made beside the live one and left, with their claims. One that was promoted is taken out of use
     * instead; one that the Service leads to, or that is out of use already, is left alone.
     *
     * @param except the name of one that is left alone, too; null for none
     * @return the names of those that are gone
     * @throws FencedOffException when a newer recovery of the same target wrote to one
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed one meanwhile
     */
    public List<String> discard(String namespace, String service, String except, String incident, Fence fence) {
        Service found = service(namespace, service);
        List<String> gone = new ArrayList<>();
        for (StatefulSet set : all(namespace)) {
            String name = set.getMetadata().getName();
            boolean beside =
                    isBeside(set) && orEmpty(set.getMetadata().getAnnotations()).containsKey(fence.annotation());
            if (!beside
                    || name.equals(except)
                    || isLive(found, set)
                    || set.getMetadata().getLabels().containsKey(QUARANTINE)) {
                continue;
            }
            fence.compare(cluster, set);
            if (set.getMetadata().getAnnotations().containsKey(PROMOTED)) {
                takeOutOfUse(set, incident, fence);
            } else {
                delete(set, fence);
                gone.add(name);
            }
        }
        return gone;
    }

    private void delete(StatefulSet set, Fence fence) {
        // Its own write first: whoever deletes is refused by it, and a straggler that would write finds nothing.
        write(set, fence, changed -> changed.getSpec().setReplicas(0));
        String namespace = set.getMetadata().getNamespace();
        String name = set.getMetadata().getName();
        faults.translating(
                "delete StatefulSet " + namespace + "/" + name,
                () -> client.apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .withName(name)
                        .delete());
        for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
            String claim = template.getMetadata().getName() + "-" + name + "-0";
            faults.translating(
                    "delete claim " + namespace + "/" + claim,
                    () -> client.persistentVolumeClaims()
                            .inNamespace(namespace)
                            .withName(claim)
                            .delete());
        }
    }

    private <T extends HasMetadata> void write(T object, Fence fence, Consumer<T> change) {
        Map<String, String> annotations =
                new HashMap<>(orEmpty(object.getMetadata().getAnnotations()));
        annotations.putAll(fence.annotations());
        object.getMetadata().setAnnotations(annotations);
        object.getMetadata()
                .setLabels(new HashMap<>(orEmpty(object.getMetadata().getLabels())));
        object.getMetadata().setManagedFields(null);
        change.accept(object);
        // With the resourceVersion that was read: the API refuses it when anyone wrote in between.
        faults.translating(
                "change " + object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                        + object.getMetadata().getName(),
                () -> client.resource(object).update());
    }

    private Service service(String namespace, String name) {
        Service found = faults.translating(
                "read Service " + namespace + "/" + name,
                () -> client.services().inNamespace(namespace).withName(name).get());
        if (found == null) {
            throw faults.missing(
                    "Service " + namespace + "/" + name,
                    "Set the target's 'postgresService' to the Service in front of PostgreSQL.");
        }
        if (orEmpty(found.getSpec().getSelector()).isEmpty()) {
            throw new MisconfiguredException(
                    "Service " + namespace + "/" + name + " in cluster " + cluster
                            + " has no selector, so it leads to no StatefulSet.",
                    "Name a Service that selects PostgreSQL's pod.");
        }
        return found;
    }

    private StatefulSet live(Service service) {
        return all(service.getMetadata().getNamespace()).stream()
                .filter(set -> isLive(service, set))
                .findFirst()
                .orElseThrow(() -> new MisconfiguredException(
                        "No StatefulSet has pods that Service "
                                + service.getMetadata().getNamespace() + "/"
                                + service.getMetadata().getName() + " in cluster " + cluster
                                + " leads to: its selector is "
                                + service.getSpec().getSelector() + ".",
                        "Point-in-time recovery makes a copy of it: apply k8s/postgres-statefulset.yaml, or correct"
                                + " 'postgresService'."));
    }

    private static boolean isLive(Service service, StatefulSet set) {
        return orEmpty(set.getSpec().getTemplate().getMetadata().getLabels())
                .entrySet()
                .containsAll(service.getSpec().getSelector().entrySet());
    }

    private List<StatefulSet> all(String namespace) {
        return faults.translating(
                "list the StatefulSets of namespace " + namespace,
                () -> client.apps().statefulSets().inNamespace(namespace).list().getItems());
    }

    private Optional<StatefulSet> find(String namespace, String name) {
        return faults.translating(
                "read StatefulSet " + namespace + "/" + name,
                () -> Optional.ofNullable(client.apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    private StatefulSet require(String namespace, String name) {
        return find(namespace, name)
                .orElseThrow(() -> faults.missing(
                        "StatefulSet " + namespace + "/" + name, "Somebody deleted it: start the recovery again."));
    }

    private static Optional<LedFrom> ledFrom(Service service) {
        String note = orEmpty(service.getMetadata().getAnnotations()).get(LED_FROM);
        if (note == null) {
            return Optional.empty();
        }
        return Optional.of(Json.read(
                "annotation " + LED_FROM + " of Service "
                        + service.getMetadata().getName(),
                note,
                LedFrom.class));
    }

    /** PostgreSQL's container, which is the first one that opens a port; a sidecar opens none. */
    private static Container container(StatefulSet set) {
        List<Container> containers = set.getSpec().getTemplate().getSpec().getContainers();
        return containers.stream()
                .filter(each -> !each.getPorts().isEmpty())
                .findFirst()
                .orElse(containers.get(0));
    }

    private static Container named(PodSpec pod, String name) {
        return pod.getContainers().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElse(pod.getContainers().get(0));
    }

    private static Map<String, String> values(Container container) {
        return container.getEnv().stream()
                .filter(each -> each.getValue() != null)
                .collect(Collectors.toMap(
                        EnvVar::getName, EnvVar::getValue, (first, again) -> again, LinkedHashMap::new));
    }

    private static void environment(Container container, Map<String, String> values, List<String> prefixed) {
        List<EnvVar> variables = new ArrayList<>(container.getEnv());
        variables.removeIf(
                each -> prefixed.stream().anyMatch(each.getName()::startsWith) || values.containsKey(each.getName()));
        new TreeMap<>(values).forEach((name, value) -> variables.add(new EnvVar(name, value, null)));
        container.setEnv(variables);
    }

    private static int replicas(StatefulSet set) {
        return set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
    }

    /** A label's value is limited to 63 characters of a small alphabet. */
    private static String label(String incident) {
        String safe = incident.replaceAll("[^A-Za-z0-9_.-]", "-");
        String cut = safe.substring(0, Math.min(63, safe.length()));
        return cut.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
