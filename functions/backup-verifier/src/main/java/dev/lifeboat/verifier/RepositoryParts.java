package dev.lifeboat.verifier;

import java.util.List;

/**
 * How the verification of the repository is cut up.
 *
 * @param parts as {@link RepositoryPart} writes them; none when there is nothing to read
 */
record RepositoryParts(List<String> parts) {
    RepositoryParts {
        parts = List.copyOf(parts);
    }
}
