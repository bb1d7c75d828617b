/** How the functions of this module reach PostgreSQL: by a pod's address, with a role whose password is asked for at each call. */
package dev.lifeboat.orchestrator.connection;
