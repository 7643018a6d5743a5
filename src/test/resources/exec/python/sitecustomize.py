# Lexicon's provider ddns knows the port 53 alone, which only root may open.
import functools
import os

import dns.query

dns.query.tcp = functools.partial(dns.query.tcp, port=int(os.environ["DNS_PORT"]))
