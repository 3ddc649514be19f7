/**
 * Entra ID: sign-in, consent, tokens and their errors as Microsoft words them. Imports organisation, http, log.
 */
@NullMarked
package org.postroom.simulator.entra;

import org.jspecify.annotations.NullMarked;
