package dev.polycert.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.function.invocation.HttpRouter;
import dev.polycert.function.invocation.Problem;
import dev.polycert.order.OrderBook;
import dev.polycert.order.Transition;
import dev.polycert.order.TransitionFeed;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /events}: the transitions of orders while they happen, as server-sent events (HTML
 * Standard, section 9.2). A listener that comes again with {@code Last-Event-ID} gets the events
 * that it has missed. If they are no longer known, it gets the event {@code missed}, and has to
 * read the orders.
 *
 * <p>All listeners belong to the server's one event loop, so they need no locks. A listener that
 * does not read in time is cut off.
 */
@ApplicationScoped
class Events {
  static final String PATH = "/events";
  private static final String MEDIA_TYPE = "text/event-stream";
  static final int MOST_LISTENERS = 200;

  private static final Logger LOG = Logger.getLogger(Events.class);
  private static final int KEPT = 2000;
  private static final int AT_ONCE = 50;
  private static final int LONGEST_REASON = 1000;

  /** Under the idle time-outs of usual proxies. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** After this many heartbeats a stream ends, so that the key is checked from time to time. */
  static final int BEATS = 60;

  private final Vertx vertx;
  private final ServerConfig config;
  private final TransitionFeed feed;
  private final OrderBook book;
  private final HttpRouter router;
  private final ObjectMapper mapper;
  private final Duration heartbeat;
  private final EventLog log;
  private final Set<Listener> listeners = new LinkedHashSet<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile @Nullable Context loop;
  private boolean closed;

  @Inject
  Events(
      Vertx vertx,
      ServerConfig config,
      TransitionFeed feed,
      OrderBook book,
      HttpRouter router,
      ObjectMapper mapper,
      RandomGenerator random) {
    this(vertx, config, feed, book, router, mapper, random, HEARTBEAT);
  }

  Events(
      Vertx vertx,
      ServerConfig config,
      TransitionFeed feed,
      OrderBook book,
      HttpRouter router,
      ObjectMapper mapper,
      RandomGenerator random,
      Duration heartbeat) {
    this.vertx = vertx;
    this.config = config;
    this.feed = feed;
    this.book = book;
    this.router = router;
    this.mapper = mapper;
    this.heartbeat = heartbeat;
    this.log = new EventLog(Long.toHexString(random.nextLong()), KEPT);
  }

  void start(@Observes StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    feed.listen(
        recorded -> {
          add(Optional.of(recorded));
          book.report(recorded);
        });
    book.elsewhere()
        .subscribe()
        .with(this::add, failure -> LOG.warn("Events of other processes are not shown", failure));
  }

  private void add(Optional<Transition> happened) {
    happened.ifPresentOrElse(
        it -> log.add("transition", text(it.cut(LONGEST_REASON))), () -> log.add("missed", "{}"));
    Context context = loop;
    if (context != null && woken.compareAndSet(false, true)) {
      context.runOnContext(on -> wake());
    }
  }

  private String text(Transition happened) {
    try {
      return mapper.writeValueAsString(happened);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record that cannot be written", e);
    }
  }

  private void wake() {
    woken.set(false);
    List.copyOf(listeners).forEach(Listener::send);
  }

  static boolean wanted(@Nullable String path) {
    return PATH.equals(path);
  }

  /** Why a request does not become a listener; empty when it has become one. */
  Optional<HttpRouter.Reply> open(HttpServerRequest request) {
    boolean head = request.method().name().equals("HEAD");
    if (!head && !request.method().name().equals("GET")) {
      return problem(405, "This path takes GET, HEAD.")
          .map(reply -> reply.with("allow", "GET, HEAD"));
    }
    if (request.query() != null) {
      return problem(400, "This path takes no query; Last-Event-ID is a header.");
    }
    if (head) {
      return Optional.of(HttpRouter.Reply.text(MEDIA_TYPE, ""));
    }
    if (closed || listeners.size() >= MOST_LISTENERS) {
      return problem(503, closed ? "The server is shutting down." : "Too many listeners.")
          .map(reply -> reply.with("retry-after", "5"));
    }
    if (request.response().closed()) {
      // It has gone while its key was looked up, and would never be forgotten.
      return Optional.empty();
    }
    loop = vertx.getOrCreateContext();
    new Listener(request).begin();
    return Optional.empty();
  }

  private Optional<HttpRouter.Reply> problem(int status, String detail) {
    return Optional.of(router.reply(Problem.of(status, detail)));
  }

  /** The number of listeners. */
  int listeners() {
    return listeners.size();
  }

  /** Ends all streams; their listeners connect again, to the next process. */
  void close() {
    Context context = loop;
    if (context != null) {
      context.runOnContext(
          on -> {
            closed = true;
            List.copyOf(listeners).forEach(Listener::end);
          });
    }
  }

  /** A listener with its open response. */
  private final class Listener {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private long sent;
    private long timer;
    private int beats;

    /** The number sent by the last heartbeat if the listener did not read then; else -1. */
    private long stuckAt = -1;

    Listener(HttpServerRequest request) {
      this.request = request;
      this.response = request.response();
    }

    void begin() {
      listeners.add(this);
      timer = vertx.setPeriodic(heartbeat.toMillis(), beat -> beat());
      response.closeHandler(gone -> forget());
      response
          .setChunked(true)
          .putHeader("content-type", MEDIA_TYPE)
          .putHeader("cache-control", "no-store")
          .putHeader("x-content-type-options", "nosniff")
          // nginx would hold the events back.
          .putHeader("x-accel-buffering", "no")
          .drainHandler(drained -> send());
      String id = request.getHeader("last-event-id");
      Long number = id == null ? null : log.number(id);
      sent = number == null ? log.last() : number;
      String first = id == null || number != null ? "open" : "missed";
      response.write("retry: 2000\n\n" + log.frame(first, sent, "{}"));
      send();
    }

    private void forget() {
      vertx.cancelTimer(timer);
      listeners.remove(this);
    }

    /**
     * Sends waiting events while the listener reads, and cuts off a listener that is too far
     * behind.
     */
    void send() {
      List<String> next = log.after(sent, AT_ONCE);
      while (next != null && !next.isEmpty() && !response.closed() && !response.writeQueueFull()) {
        sent += next.size();
        response.write(String.join("", next));
        next = log.after(sent, AT_ONCE);
      }
      if (next == null) {
        Connections.cut(request);
      }
    }

    /** A sign of life, and the end of a listener that read nothing since the last one. */
    private void beat() {
      boolean full = response.writeQueueFull();
      if (full && stuckAt == sent) {
        Connections.cut(request);
      } else if (++beats >= BEATS) {
        end();
      } else if (!full) {
        response.write(":\n\n");
      }
      stuckAt = full ? sent : -1;
    }

    void end() {
      forget();
      if (!response.closed()) {
        response.end();
      }
    }
  }
}
