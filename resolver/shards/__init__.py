"""A corpus in shards: planned here, scanned by processes on this machine or on a cluster, merged in order."""

from resolver.shards.cluster import cluster
from resolver.shards.folder import Folder, result_folder
from resolver.shards.job import Job, Totals
from resolver.shards.plan import plan
from resolver.shards.processes import processes
from resolver.shards.scan import scan_shard
from resolver.shards.shard import Options, Shard, ShardResult
from resolver.shards.workers import Workers

__all__ = [
    "Folder",
    "Job",
    "Options",
    "Shard",
    "ShardResult",
    "Totals",
    "Workers",
    "cluster",
    "plan",
    "processes",
    "result_folder",
    "scan_shard",
]
