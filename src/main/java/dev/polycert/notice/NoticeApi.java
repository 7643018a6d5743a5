package dev.polycert.notice;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The requests on the wire. Bodies are bytes, so that what is signed is what is sent. */
@Path("/")
interface NoticeApi {

  /** Sends a message of a chat. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> post(@Url String url, byte[] body);

  /** Sends one event ("Structured Content Mode" of the HTTP binding of CloudEvents 1.0). */
  @POST
  @Consumes("application/cloudevents+json")
  Uni<Response> event(
      @Url String url,
      @HeaderParam("webhook-id") String id,
      @HeaderParam("webhook-timestamp") long seconds,
      @HeaderParam("webhook-signature") String signature,
      byte[] body);

  /** Sends several events ("Batched Content Mode", the same). */
  @POST
  @Consumes("application/cloudevents-batch+json")
  Uni<Response> events(
      @Url String url,
      @HeaderParam("webhook-id") String id,
      @HeaderParam("webhook-timestamp") long seconds,
      @HeaderParam("webhook-signature") String signature,
      byte[] body);
}
