#!/usr/bin/env bash
# What the scripts beside this have in common; runs in their directory.

bench() { # bench CLASS [ARGUMENTS...]
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  (cd .. && mvn -q -B -ntp -DskipTests package -pl bench -am) || {
    echo "The build failed. HINT: run 'mvn -DskipTests package -pl bench -am' in the repository's root." >&2
    return 1
  }
  # The jar, not the classes' directory: a JVM archives only classes that come out of jars.
  exec "$java" -cp "$(echo target/lifeboat-bench-*.jar):target/lib/*" "$@"
}
