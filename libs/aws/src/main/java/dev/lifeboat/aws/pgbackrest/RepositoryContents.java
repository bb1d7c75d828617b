package dev.lifeboat.aws.pgbackrest;

import java.util.List;
import java.util.Optional;

/**
 * What a repository holds of a stanza.
 *
 * @param archives the WAL of each cluster that the stanza had, in the order of their numbers
 * @param currentArchive the id of the cluster that the stanza has now; null when there is none
 * @param backups every finished base backup, oldest first
 * @param problems what is wrong with the repository's own records, one sentence each: history files that cannot be read, for example
 */
public record RepositoryContents(
        List<WalArchive> archives, String currentArchive, List<BaseBackup> backups, List<String> problems) {
    public RepositoryContents {
        archives = List.copyOf(archives);
        backups = List.copyOf(backups);
        problems = List.copyOf(problems);
    }

    /** The WAL of a cluster. */
    public Optional<WalArchive> archive(String id) {
        return archives.stream().filter(archive -> archive.id().equals(id)).findFirst();
    }

    /** The base backups of a cluster, oldest first. */
    public List<BaseBackup> backupsOf(WalArchive archive) {
        return backups.stream()
                .filter(backup -> backup.archiveId().equals(archive.id()))
                .toList();
    }

    /** The cluster with that system identifier. */
    public Optional<WalArchive> archiveOfSystem(String systemId) {
        return archives.stream()
                .filter(archive -> archive.systemId().equals(systemId))
                .reduce((first, second) -> second);
    }
}
