package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resource's address in the API, taken apart.
 *
 * @param group empty for the core group
 * @param version such as {@code v1}
 * @param namespace empty for a cluster-wide resource or a list over all namespaces
 * @param plural such as {@code pods}
 * @param name empty for a collection
 * @param subresource such as {@code status}, empty for the object itself
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris">Resource URIs</a>
 */
record ResourcePath(String group, String version, String namespace, String plural, String name, String subresource) {
    private static final Pattern URI = Pattern.compile("/(?:api|apis/([a-z0-9.-]+))/(v[a-z0-9]+)"
            + "(?:/namespaces/([^/]+)(?=/))?/([a-z]+)(?:/([^/]+))?(?:/([a-z]+))?");

    static Optional<ResourcePath> parse(String path) {
        Matcher matcher = URI.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new ResourcePath(
                text(matcher.group(1)),
                matcher.group(2),
                text(matcher.group(3)),
                matcher.group(4),
                text(matcher.group(5)),
                text(matcher.group(6))));
    }

    static ResourcePath of(HasMetadata object) {
        return of(
                object.getClass(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }

    static ResourcePath of(Class<? extends HasMetadata> type, String namespace, String name) {
        String apiVersion = HasMetadata.getApiVersion(type);
        int slash = apiVersion.indexOf('/');
        return new ResourcePath(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                text(namespace),
                HasMetadata.getPlural(type),
                text(name),
                "");
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    boolean isCollection() {
        return name.isEmpty();
    }

    ResourcePath withName(String newName) {
        return new ResourcePath(group, version, namespace, plural, newName, "");
    }

    ResourcePath object() {
        return new ResourcePath(group, version, namespace, plural, name, "");
    }

    /** As objects name it: {@code v1}, {@code apps/v1}. */
    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As {@code kubectl} names it: {@code pods}, {@code deployments.apps}. */
    String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
