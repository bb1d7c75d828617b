package dev.lifeboat.verifier;

import dev.lifeboat.contract.error.InvalidInputException;

/** A part of the repository that one function verifies within its time; its text is how the plan names it. */
sealed interface RepositoryPart {
    /**
     * A folder of WAL, 256 segments at most.
     *
     * @param archiveId such as {@code 15-1}
     * @param systemId of its cluster
     * @param folder the first 16 digits of its segments' names
     */
    record Wal(String archiveId, String systemId, String folder) implements RepositoryPart {
        @Override
        public String toString() {
            return "wal/" + archiveId + "/" + systemId + "/" + folder;
        }
    }

    /**
     * A part of a base backup.
     *
     * @param label the backup's
     * @param number of the part, from 0
     */
    record Backup(String label, int number) implements RepositoryPart {
        @Override
        public String toString() {
            return "backup/" + label + "/" + number;
        }
    }

    /** @throws InvalidInputException when the text names no part */
    static RepositoryPart parse(String text) {
        String[] words = text.split("/", -1);
        if (words.length == 4 && words[0].equals("wal")) {
            return new Wal(words[1], words[2], words[3]);
        }
        if (words.length == 3 && words[0].equals("backup") && words[2].matches("[0-9]{1,6}")) {
            return new Backup(words[1], Integer.parseInt(words[2]));
        }
        throw new InvalidInputException(
                "Field 'part' is '" + text + "', expected wal/ARCHIVE/SYSTEM/FOLDER or backup/LABEL/NUMBER.",
                "Take one from the answer to action plan-repository.");
    }
}
