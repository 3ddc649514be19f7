package org.postroom.simulator.organisation;

import java.time.Instant;

/**
 * A client secret of an app registration.
 *
 * @param id the Secret ID the portal shows beside it, often pasted by mistake
 * @param value what the app sends
 */
public record ClientSecret(String id, String value, Instant expires) {}
